import type { EntitlementAction } from '@lakemesh/backstage-plugin-data-mesh-common';
import { isInForce } from '../store/EntitlementRow';
import type { EntitlementRow } from '../store/tables';

/** What somebody is to an entitlement. */
export interface Standing {
  /** Owns the product, approves for it, or governs the mesh. */
  isInCharge: boolean;
  isRequester: boolean;
  /** May act as the principal that holds it. */
  isHolder: boolean;
  /**
   * Governs the mesh, or owns the successor of a product that has vanished, and
   * its domain holds the place.
   */
  mayMove: boolean;
}

/** What of an entitlement decides about its actions. */
type Acted = Pick<
  EntitlementRow,
  'state' | 'failed_from' | 'activated_at' | 'change_state'
>;

/**
 * The actions that the state allows. An ending that has failed can only be
 * tried again or closed: to revoke it once more would be the same. A change
 * under way is finished, or retried, before anything else changes. Moving takes
 * a product that has vanished, which the row does not tell.
 */
export function actionsOfState(row: Acted): EntitlementAction[] {
  const isEnding =
    ['revoking', 'revoked', 'expired'].includes(row.state) ||
    row.failed_from === 'revoking';
  return isEnding || row.change_state !== null
    ? ownActions(row)
    : [...ownActions(row), 'move'];
}

function ownActions(row: Acted): EntitlementAction[] {
  const renew: EntitlementAction[] = isInForce(row) ? ['renew'] : [];
  switch (row.state) {
    case 'provisioning':
      return ['revoke', 'relinquish', ...renew];
    case 'suspended':
      return ['revoke', 'relinquish'];
    case 'active':
      switch (row.change_state) {
        case null:
          return [
            'revoke',
            'relinquish',
            'reapply',
            'renew',
            'amend',
            'narrow',
            'vend',
          ];
        case 'failed':
          return [
            'retry',
            'revoke',
            'relinquish',
            'renew',
            'amend',
            'narrow',
            'vend',
          ];
        default:
          return ['revoke', 'relinquish', 'renew', 'vend'];
      }
    case 'failed':
      return row.failed_from === 'revoking'
        ? ['retry', 'close-residue']
        : ['retry', 'reapply', 'revoke', 'relinquish', ...renew];
    default:
      return [];
  }
}

/** Whether somebody of that standing is one who takes the action. */
export function isActorOf(
  action: EntitlementAction,
  standing: Standing,
): boolean {
  const isConsumer = standing.isRequester || standing.isHolder;
  switch (action) {
    case 'revoke':
    case 'close-residue':
      return standing.isInCharge;
    case 'relinquish':
    case 'renew':
    case 'amend':
      return isConsumer;
    case 'move':
      return standing.mayMove;
    case 'vend':
      // Who asked for somebody else's principal does not become it.
      return standing.isHolder;
    case 'retry':
      return standing.isInCharge || standing.isRequester;
    default:
      return standing.isInCharge || isConsumer;
  }
}

const inCharge = 'the owner or an approver of the product, or data governance';
const consumers = 'who asked for it, or who may act as its principal';

/** Who takes the action, in words. */
export const actorsInWords: { [A in EntitlementAction]: string } = {
  revoke: inCharge,
  'close-residue': inCharge,
  relinquish: consumers,
  renew: consumers,
  amend: consumers,
  vend: 'who may act as its principal through the user or group that it was asked through, or one from a location of dataMesh.trustedLocations,',
  move: 'data governance, or the owner of the product that publishes its tables now,',
  retry: `who asked for it, ${inCharge}`,
  reapply: `${consumers}, ${inCharge}`,
  narrow: `${consumers}, ${inCharge}`,
};
