import {
  actionsOfPhase,
  entitlementActors,
  type EntitlementAction,
  type EntitlementDetail,
  type EntitlementProgress,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What its consumer may do with an entitlement. Lists do not say it: there it
 * is what its lifecycle allows consumers, so that nothing moves when the detail
 * arrives, and the backend has the last word.
 */
export function actionsOf(
  entitlement: EntitlementProgress | EntitlementDetail,
): readonly EntitlementAction[] {
  if ('actions' in entitlement) return entitlement.actions;
  return actionsOfPhase(entitlement).filter(action =>
    entitlementActors[action].includes('requester'),
  );
}
