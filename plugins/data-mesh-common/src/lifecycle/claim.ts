import type { ClaimState } from '../client/types.generated';
import type { Transitions } from './stateMachine';

/**
 * What can happen to a claim of a place.
 *
 * @public
 */
export type ClaimEvent =
  | 'accept'
  | 'reject'
  | 'request-changes'
  | 'revise'
  | 'withdraw';

/**
 * Life of a claim of a place.
 *
 * @public
 */
export const claimTransitions: Transitions<ClaimState, ClaimEvent> = {
  pending: {
    accept: 'accepted',
    reject: 'rejected',
    'request-changes': 'changes-requested',
    withdraw: 'withdrawn',
  },
  'changes-requested': {
    revise: 'pending',
    withdraw: 'withdrawn',
  },
  accepted: {},
  rejected: {},
  withdrawn: {},
};

/**
 * States in which a claim still waits for somebody.
 *
 * @public
 */
export const openClaimStates: readonly ClaimState[] = [
  'pending',
  'changes-requested',
];
