import {
  createConditionExports,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import { z } from 'zod/v4';
import { entitlementResourceRef } from './resources';

const refs = (description: string) =>
  z.array(z.string()).describe(`Full entity references: ${description}`);

const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'The entitlement was asked for by one of the users',
  resourceRef: entitlementResourceRef,
  paramsSchema: z.object({ userRefs: refs('users') }),
  apply: (entitlement, { userRefs }) =>
    userRefs.includes(entitlement.requesterRef),
  toQuery: ({ userRefs }) => ({ fact: 'requesterRef', values: userRefs }),
});

const isHolder = createPermissionRule({
  name: 'IS_HOLDER',
  description: 'The entitlement is held by one of the principals',
  resourceRef: entitlementResourceRef,
  paramsSchema: z.object({
    principals: z.array(z.string()).describe('Ids of principals, like ARNs'),
  }),
  apply: (entitlement, { principals }) =>
    principals.includes(entitlement.principal),
  toQuery: ({ principals }) => ({ fact: 'principal', values: principals }),
});

const isProductOwner = createPermissionRule({
  name: 'IS_PRODUCT_OWNER',
  description: 'The product of the entitlement is owned by one of the owners',
  resourceRef: entitlementResourceRef,
  paramsSchema: z.object({ ownerRefs: refs('users or groups') }),
  apply: (entitlement, { ownerRefs }) =>
    ownerRefs.includes(entitlement.productOwnerRef),
  toQuery: ({ ownerRefs }) => ({ fact: 'productOwnerRef', values: ownerRefs }),
});

const inDomain = createPermissionRule({
  name: 'IN_DOMAIN',
  description: 'The product of the entitlement belongs to one of the domains',
  resourceRef: entitlementResourceRef,
  paramsSchema: z.object({ domainRefs: refs('domains') }),
  apply: (entitlement, { domainRefs }) =>
    entitlement.domainRef !== undefined &&
    domainRefs.includes(entitlement.domainRef),
  toQuery: ({ domainRefs }) => ({ fact: 'domainRef', values: domainRefs }),
});

/**
 * Rules for conditional decisions about entitlements.
 *
 * @public
 */
export const entitlementRules = {
  isRequester,
  isHolder,
  isProductOwner,
  inDomain,
};

const exported = createConditionExports({
  resourceRef: entitlementResourceRef,
  rules: entitlementRules,
});

/**
 * Conditions on entitlements, for permission policies.
 *
 * @public
 */
export const entitlementConditions = exported.conditions;

/**
 * Makes a conditional decision about entitlements.
 *
 * @public
 */
export const createEntitlementConditionalDecision =
  exported.createConditionalDecision;
