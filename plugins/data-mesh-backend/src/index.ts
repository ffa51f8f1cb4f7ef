/**
 * Access requests, entitlements, grants and audit of the Lakemesh data mesh.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export {
  createEntitlementConditionalDecision,
  createRequestConditionalDecision,
  entitlementConditions,
  entitlementResourceRef,
  entitlementRules,
  requestConditions,
  requestResourceRef,
  requestRules,
  type EntitlementResource,
  type RequestResource,
  type ResourceFilter,
} from './permissions';
export { createPeople, type People } from './people';
