import type { EntitlementAction } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementRow } from './EntitlementRow';

/** What somebody is to an entitlement. */
export interface Standing {
  /** Owns the product, approves for it, or governs the mesh. */
  isInCharge: boolean;
  isRequester: boolean;
  /** May act as the principal that holds it. */
  isHolder: boolean;
}

/**
 * The actions that the state allows. An ending that has failed can only be
 * tried again: to revoke it once more would be the same.
 */
export function actionsOfState(
  row: Pick<EntitlementRow, 'state' | 'failed_from'>,
): EntitlementAction[] {
  switch (row.state) {
    case 'provisioning':
    case 'active':
    case 'suspended':
      return ['revoke', 'relinquish'];
    case 'failed':
      return row.failed_from === 'revoking'
        ? ['retry']
        : ['retry', 'revoke', 'relinquish'];
    default:
      return [];
  }
}

/** Whether somebody of that standing is one who takes the action. */
export function isActorOf(
  action: EntitlementAction,
  standing: Standing,
): boolean {
  switch (action) {
    case 'revoke':
      return standing.isInCharge;
    case 'relinquish':
      return standing.isRequester || standing.isHolder;
    default:
      return standing.isInCharge || standing.isRequester;
  }
}

/** Who takes the action, in words. */
export const actorsInWords: { [A in EntitlementAction]: string } = {
  revoke: 'the owner or an approver of the product, or data governance',
  relinquish: 'who asked for it, or who may act as its principal',
  retry:
    'who asked for it, the owner or an approver of the product, or data governance',
};
