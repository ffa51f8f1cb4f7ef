import type { EntitlementState } from '../client/types';
import type { Transitions } from './stateMachine';

/**
 * What can happen to an entitlement. `applied` and `undone` are the reports of
 * the worker after it has verified the last step; `fail` is a permanent error.
 *
 * @public
 */
export type EntitlementEvent =
  | 'applied'
  | 'fail'
  | 'retry-apply'
  | 'retry-undo'
  | 'revoke'
  | 'expire'
  | 'suspend'
  | 'resume'
  | 'undone'
  | 'undone-by-expiry';

/**
 * Life of an entitlement. An ending that is under way is `revoking` for
 * revocation and expiry alike; the reason decides where it ends.
 *
 * @public
 */
export const entitlementTransitions: Transitions<
  EntitlementState,
  EntitlementEvent
> = {
  provisioning: { applied: 'active', fail: 'failed', revoke: 'revoking' },
  active: { revoke: 'revoking', expire: 'revoking', suspend: 'suspended' },
  suspended: {
    resume: 'provisioning',
    revoke: 'revoking',
    expire: 'revoking',
  },
  revoking: {
    undone: 'revoked',
    'undone-by-expiry': 'expired',
    fail: 'failed',
  },
  failed: {
    'retry-apply': 'provisioning',
    'retry-undo': 'revoking',
    revoke: 'revoking',
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
