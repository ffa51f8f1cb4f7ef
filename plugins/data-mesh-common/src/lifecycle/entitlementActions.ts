import type {
  ChangeUnderWay,
  Entitlement,
  EntitlementAction,
} from '../client/types.generated';
import type { ActionsByState, ActorsByAction } from './actions';

/**
 * The state of an entitlement with what is under way in it: all that decides
 * about its actions. `reapplying` is provisioning of what was in force before;
 * a failure is told apart by what has failed.
 *
 * @public
 */
export type EntitlementPhase =
  | 'provisioning'
  | 'provisioning-failed'
  | 'active'
  | 'changing'
  | 'change-failed'
  | 'reapplying'
  | 'reapplying-failed'
  | 'suspended'
  | 'revoking'
  | 'revoking-failed'
  | 'revoked'
  | 'expired';

/**
 * What of an entitlement decides about its phase.
 *
 * @public
 */
export type EntitlementProgress = Pick<
  Entitlement,
  'state' | 'failedFrom' | 'activatedAt'
> & { change?: Pick<ChangeUnderWay, 'state'> };

/**
 * The phase that an entitlement is in.
 *
 * @public
 */
export function entitlementPhase({
  state,
  failedFrom,
  activatedAt,
  change,
}: EntitlementProgress): EntitlementPhase {
  switch (state) {
    case 'provisioning':
      return activatedAt === undefined ? 'provisioning' : 'reapplying';
    case 'active':
      if (!change) return 'active';
      return change.state === 'failed' ? 'change-failed' : 'changing';
    case 'failed':
      if (failedFrom === 'revoking') return 'revoking-failed';
      return activatedAt === undefined
        ? 'provisioning-failed'
        : 'reapplying-failed';
    default:
      return state;
  }
}

/**
 * What people may do with an entitlement, by its phase. An ending that has
 * failed is tried again or closed: to revoke it once more would be the same. A
 * change under way is finished, or retried, before anything else changes.
 * `move` takes a product that has vanished besides. Suspended access goes on by
 * a decision on the request about it.
 *
 * @public
 */
export const entitlementActions: ActionsByState<
  EntitlementPhase,
  EntitlementAction
> = {
  provisioning: ['revoke', 'relinquish', 'move'],
  'provisioning-failed': ['retry', 'reapply', 'revoke', 'relinquish', 'move'],
  active: [
    'revoke',
    'relinquish',
    'reapply',
    'renew',
    'amend',
    'narrow',
    'vend',
    'move',
  ],
  changing: ['revoke', 'relinquish', 'renew', 'vend'],
  'change-failed': [
    'retry',
    'revoke',
    'relinquish',
    'renew',
    'amend',
    'narrow',
    'vend',
  ],
  reapplying: ['revoke', 'relinquish', 'renew', 'move'],
  'reapplying-failed': [
    'retry',
    'reapply',
    'revoke',
    'relinquish',
    'renew',
    'move',
  ],
  suspended: ['revoke', 'relinquish', 'move'],
  revoking: [],
  'revoking-failed': ['retry', 'close-residue'],
  revoked: [],
  expired: [],
};

/**
 * What people may do with an entitlement in the phase that it is in.
 *
 * @public
 */
export function actionsOfPhase(
  entitlement: EntitlementProgress,
): readonly EntitlementAction[] {
  return entitlementActions[entitlementPhase(entitlement)];
}

/**
 * What people are to an entitlement. `owner`, `approver` and `governance` answer
 * for its product; `successor` owns the product that took over the tables of one
 * that has vanished. `holder` may act as its principal, which who asked for
 * somebody else's principal may not.
 *
 * @public
 */
export type EntitlementRelation =
  | 'owner'
  | 'approver'
  | 'governance'
  | 'successor'
  | 'requester'
  | 'holder';

const inCharge = ['owner', 'approver', 'governance', 'successor'] as const;
const consumers = ['requester', 'holder'] as const;

/**
 * Who takes each action on an entitlement.
 *
 * @public
 */
export const entitlementActors: ActorsByAction<
  EntitlementAction,
  EntitlementRelation
> = {
  revoke: inCharge,
  'close-residue': inCharge,
  relinquish: consumers,
  renew: consumers,
  amend: consumers,
  vend: ['holder'],
  move: ['governance', 'successor'],
  retry: [...inCharge, 'requester'],
  reapply: [...inCharge, ...consumers],
  narrow: [...inCharge, ...consumers],
};

const inForce: readonly EntitlementPhase[] = [
  'active',
  'changing',
  'change-failed',
  'reapplying',
  'reapplying-failed',
];

/**
 * Whether an entitlement is in force, or is being put in force again: it was
 * active, and nobody is taking it away.
 *
 * @public
 */
export function isInForce(entitlement: EntitlementProgress): boolean {
  return inForce.includes(entitlementPhase(entitlement));
}

/**
 * Whether an entitlement is being taken away, or that has failed.
 *
 * @public
 */
export function isEnding(entitlement: EntitlementProgress): boolean {
  return ['revoking', 'revoking-failed'].includes(
    entitlementPhase(entitlement),
  );
}

/**
 * Whether the worker is at it, so that it soon looks different.
 *
 * @public
 */
export function isUnderWay(entitlement: EntitlementProgress): boolean {
  return ['provisioning', 'changing', 'reapplying', 'revoking'].includes(
    entitlementPhase(entitlement),
  );
}
