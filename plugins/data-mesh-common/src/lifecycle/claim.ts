import type { ClaimState } from '../client/types.generated';
import type { ActorsByAction } from './actions';
import type { Transitions } from './stateMachine';

/**
 * What can happen to a claim of a place. Each is an action of a person.
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
 * Who takes each action on a claim: data governance, or who stands behind the
 * claim or its domain.
 *
 * @public
 */
export const claimActors: ActorsByAction<
  ClaimEvent,
  'governance' | 'claimant'
> = {
  accept: ['governance'],
  reject: ['governance'],
  'request-changes': ['governance'],
  revise: ['claimant'],
  withdraw: ['claimant'],
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

/**
 * Whether a claim still waits for somebody.
 *
 * @public
 */
export function isOpenClaim({ state }: { state: ClaimState }): boolean {
  return openClaimStates.includes(state);
}
