import type { RequestState } from '../client/types.generated';
import type { Transitions } from './stateMachine';

/**
 * What can happen to a request. `approve-stage` is an approval that is not yet
 * the last one; `lapse` is the end of its time limit.
 *
 * @public
 */
export type RequestEvent =
  | 'route'
  | 'approve-stage'
  | 'approve'
  | 'reject'
  | 'request-changes'
  | 'revise'
  | 'withdraw'
  | 'lapse';

/**
 * Life of an access request.
 *
 * @public
 */
export const requestTransitions: Transitions<RequestState, RequestEvent> = {
  submitted: {
    route: 'pending',
    approve: 'approved',
    reject: 'rejected',
    withdraw: 'withdrawn',
  },
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
 * States in which a request still waits for somebody.
 *
 * @public
 */
export const openRequestStates: readonly RequestState[] = [
  'submitted',
  'pending',
  'changes-requested',
];
