import type {
  Entitlement,
  EntitlementAction,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What its consumer may do with an entitlement. Lists do not say it: there it
 * is told by the state, so that nothing moves when the detail arrives, and the
 * backend has the last word.
 */
export function actionsOf(
  entitlement: Entitlement | EntitlementDetail,
): readonly EntitlementAction[] {
  if ('actions' in entitlement) return entitlement.actions;
  const { state, change, failedFrom } = entitlement;
  switch (state) {
    case 'active':
      return change && change.state !== 'failed'
        ? ['renew', 'relinquish']
        : ['renew', 'amend', 'narrow', 'relinquish'];
    case 'provisioning':
    case 'suspended':
      return ['relinquish'];
    case 'failed':
      return failedFrom === 'revoking' ? [] : ['retry', 'relinquish'];
    default:
      return [];
  }
}
