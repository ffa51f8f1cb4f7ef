import {
  eventsOf,
  requestTransitions,
  type RequestAction,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestSummary } from '../store/RequestRecord';

/** How a caller stands to a request. Facts, no services. */
export interface Standing {
  userRef: string;
  ownershipRefs: readonly string[];
  /** What the permission policy says. */
  permitted: { decide: boolean; withdraw: boolean };
  /** The principal of the request is the caller's and of nobody else. */
  onlyOwnPrincipal: boolean;
}

/** Why a caller cannot decide. */
export interface Refusal {
  reason: string;
  /** True for a bystander, who does not expect to decide. */
  plain: boolean;
}

type Decidable = Pick<
  RequestSummary,
  'kind' | 'state' | 'requesterRef' | 'principalVia' | 'policy' | 'stage'
>;

/**
 * Why the caller cannot decide the request at the stage it is at.
 *
 * Separation of duties holds whatever the permission policy allows: nobody
 * decides a request they made, or one that benefits only themselves.
 *
 * @returns undefined where the caller can
 */
export function whyNotDecide(
  request: Decidable,
  standing: Standing,
): Refusal | undefined {
  const { userRef, ownershipRefs, permitted } = standing;
  if (request.requesterRef === userRef) {
    return {
      reason: 'You made this request yourself; somebody else has to decide it',
      plain: false,
    };
  }
  if (request.principalVia === userRef || standing.onlyOwnPrincipal) {
    return {
      reason:
        'The access is for a principal that is only yours; somebody else has to decide it',
      plain: false,
    };
  }
  const { stages } = request.policy;
  const isApproverOf = (index: number) =>
    stages[index]?.approvers.some(ref => ownershipRefs.includes(ref)) ?? false;
  if (!isApproverOf(request.stage)) {
    const current = stages[request.stage];
    const waitsFor = `It is the turn of ${current?.approvers.join(', ')} (${
      current?.name
    })`;
    const mine = stages.findIndex((_, index) => isApproverOf(index));
    if (mine < 0) {
      return { reason: `${waitsFor}, to whom you do not belong`, plain: true };
    }
    return {
      reason:
        mine < request.stage
          ? `${waitsFor}; your stage (${stages[mine].name}) is decided already`
          : `${waitsFor}; your stage (${stages[mine].name}) comes after`,
      plain: false,
    };
  }
  if (!permitted.decide) {
    return {
      reason:
        'The permission data-mesh.request.decide is not given to you here',
      plain: false,
    };
  }
  return undefined;
}

/** What the caller may do now: what the state takes and the rules allow. */
export function actionsOf(
  request: Decidable,
  standing: Standing,
): RequestAction[] {
  const events = eventsOf(requestTransitions, request.state);
  const isRequester = request.requesterRef === standing.userRef;
  const decides =
    request.state === 'pending' && !whyNotDecide(request, standing);
  const allowed: { [A in RequestAction]: boolean } = {
    approve: decides && events.includes('approve'),
    reject: decides && events.includes('reject'),
    'request-changes':
      decides &&
      events.includes('request-changes') &&
      // Nobody has asked who could change it.
      request.kind !== 'resume',
    withdraw:
      isRequester && standing.permitted.withdraw && events.includes('withdraw'),
    revise: isRequester && events.includes('revise'),
    comment: true,
  };
  return (Object.keys(allowed) as RequestAction[]).filter(
    action => allowed[action],
  );
}
