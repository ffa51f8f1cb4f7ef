import type {
  EntitlementChangeState,
  EntitlementState,
} from '../client/types.generated';
import type { Transitions } from './stateMachine';

/**
 * What can happen to an entitlement. `applied` and `undone` are the reports of
 * the worker after it has verified the last step; `fail` is a permanent error.
 * `reapply` has all steps looked at again. `renew` moves the end; `amend` and
 * `narrow` begin a change that `changed` completes. `suspend` takes the access
 * away until somebody decides, and `resume` gives it back. `close` is a person's
 * word that what is left cannot be undone.
 *
 * @public
 */
export type EntitlementEvent =
  | 'applied'
  | 'fail'
  | 'retry-apply'
  | 'retry-undo'
  | 'reapply'
  | 'renew'
  | 'amend'
  | 'narrow'
  | 'changed'
  | 'revoke'
  | 'expire'
  | 'suspend'
  | 'resume'
  | 'undone'
  | 'undone-by-expiry'
  | 'undone-by-suspension'
  | 'close'
  | 'close-by-expiry';

/**
 * Life of an entitlement. While access is taken away it is `revoking`, for
 * revocation, expiry and suspension alike; the reason decides where it ends. A
 * change
 * leaves an active one active: see {@link entitlementChangeTransitions}.
 *
 * @public
 */
export const entitlementTransitions: Transitions<
  EntitlementState,
  EntitlementEvent
> = {
  provisioning: {
    applied: 'active',
    fail: 'failed',
    // Its time runs on while it is re-applied.
    renew: 'provisioning',
    revoke: 'revoking',
    expire: 'revoking',
  },
  active: {
    reapply: 'provisioning',
    renew: 'active',
    amend: 'active',
    narrow: 'active',
    changed: 'active',
    revoke: 'revoking',
    expire: 'revoking',
    suspend: 'revoking',
  },
  suspended: {
    resume: 'provisioning',
    revoke: 'revoking',
    expire: 'revoking',
  },
  revoking: {
    undone: 'revoked',
    'undone-by-expiry': 'expired',
    'undone-by-suspension': 'suspended',
    // Decided before all of it was taken away.
    revoke: 'revoking',
    fail: 'failed',
  },
  failed: {
    'retry-apply': 'provisioning',
    'retry-undo': 'revoking',
    reapply: 'provisioning',
    revoke: 'revoking',
    expire: 'revoking',
    close: 'revoked',
    'close-by-expiry': 'expired',
  },
  revoked: {},
  expired: {},
};

/**
 * States in which an entitlement may hold something in the provisioner's
 * system.
 *
 * @public
 */
export const liveEntitlementStates: readonly EntitlementState[] = [
  'provisioning',
  'active',
  'suspended',
  'revoking',
  'failed',
];

/**
 * States in which an entitlement is over.
 *
 * @public
 */
export const endedEntitlementStates: readonly EntitlementState[] = [
  'revoked',
  'expired',
];

/**
 * Whether an entitlement may hold something in the provisioner's system.
 *
 * @public
 */
export function isLiveEntitlement({
  state,
}: {
  state: EntitlementState;
}): boolean {
  return liveEntitlementStates.includes(state);
}

/**
 * What can happen to a change of an active entitlement. `applied` and `removed`
 * are the reports of the worker; `supersede` is another change in its place.
 *
 * @public
 */
export type EntitlementChangeEvent =
  | 'applied'
  | 'removed'
  | 'fail'
  | 'retry-apply'
  | 'retry-remove'
  | 'supersede';

/**
 * A change beside the state `active`: what is new comes into force first, then
 * what is no longer wanted is taken away, so that the access never blinks. When
 * it is `done` there is no change any more.
 *
 * @public
 */
export const entitlementChangeTransitions: Transitions<
  EntitlementChangeState | 'done',
  EntitlementChangeEvent
> = {
  applying: { applied: 'removing', fail: 'failed' },
  removing: { removed: 'done', fail: 'failed' },
  failed: {
    'retry-apply': 'applying',
    'retry-remove': 'removing',
    supersede: 'applying',
  },
  done: {},
};
