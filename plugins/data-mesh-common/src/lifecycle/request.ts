import type { RequestAction, RequestState } from '../client/types.generated';
import type { ActionsByState, ActorsByAction } from './actions';
import type { Transitions } from './stateMachine';

/**
 * What can happen to a request. `approve-stage` is an approval that is not yet
 * the last one; `lapse` is the end of its time limit.
 *
 * @public
 */
export type RequestEvent =
  | 'approve-stage'
  | 'approve'
  | 'reject'
  | 'request-changes'
  | 'revise'
  | 'withdraw'
  | 'lapse';

/**
 * Life of an access request. It begins `pending`, or `approved` where a rule
 * approves it.
 *
 * @public
 */
export const requestTransitions: Transitions<RequestState, RequestEvent> = {
  pending: {
    'approve-stage': 'pending',
    approve: 'approved',
    reject: 'rejected',
    'request-changes': 'changes-requested',
    withdraw: 'withdrawn',
    lapse: 'lapsed',
  },
  'changes-requested': {
    revise: 'pending',
    withdraw: 'withdrawn',
    lapse: 'lapsed',
  },
  approved: {},
  rejected: {},
  withdrawn: {},
  lapsed: {},
};

/**
 * What people may do with a request, by its state.
 *
 * @public
 */
export const requestActions: ActionsByState<RequestState, RequestAction> = {
  pending: ['approve', 'reject', 'request-changes', 'withdraw', 'comment'],
  'changes-requested': ['withdraw', 'revise', 'comment'],
  approved: ['comment'],
  rejected: ['comment'],
  withdrawn: ['comment'],
  lapsed: ['comment'],
};

/**
 * What people are to a request: who made it, who decides the stage that it is
 * at, or anybody who may read it.
 *
 * @public
 */
export type RequestRelation = 'requester' | 'approver' | 'reader';

/**
 * Who takes each action on a request.
 *
 * @public
 */
export const requestActors: ActorsByAction<RequestAction, RequestRelation> = {
  approve: ['approver'],
  reject: ['approver'],
  'request-changes': ['approver'],
  withdraw: ['requester'],
  revise: ['requester'],
  comment: ['reader'],
};

/**
 * States in which a request still waits for somebody.
 *
 * @public
 */
export const openRequestStates: readonly RequestState[] = [
  'pending',
  'changes-requested',
];

/**
 * Whether a request still waits for somebody.
 *
 * @public
 */
export function isOpenRequest({ state }: { state: RequestState }): boolean {
  return openRequestStates.includes(state);
}
