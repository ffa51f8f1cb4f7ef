import { ConflictError } from '@backstage/errors';
import {
  possibleInWords,
  requestActions,
  requestActors,
  type RequestAction,
  type RequestRelation,
  type UndoableDecision,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { RequestSummary } from '../../store/requests/RequestRecord';

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
 * @param deciding - the decision that is about to take effect
 * @returns undefined where the caller can
 */
export function whyNotDecide(
  request: Decidable,
  standing: Standing,
  deciding?: UndoableDecision,
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
  return (
    deciding && { reason: decidingInWords(deciding, userRef), plain: false }
  );
}

const doneInWords: { [A in RequestAction]: string } = {
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'sent back',
  withdraw: 'withdrawn',
  revise: 'changed',
  comment: 'commented on',
};

/** Who has decided, and from when on that holds. */
export function decidingInWords(
  { decision, actorRef, takesEffectAt }: UndoableDecision,
  userRef: string,
): string {
  const done = doneInWords[decision];
  return actorRef === userRef
    ? `You have ${done} this request already, which takes effect at ${takesEffectAt}; to decide otherwise, undo that first`
    : `${actorRef} has ${done} this request already, which takes effect at ${takesEffectAt} unless it is undone`;
}

/** What the caller may do now: what the state takes and the rules allow. */
export function actionsOf(
  request: Decidable,
  standing: Standing,
  deciding?: UndoableDecision,
): RequestAction[] {
  const is: { [R in RequestRelation]: boolean } = {
    approver: isToDecide(request) && !whyNotDecide(request, standing, deciding),
    requester: request.requesterRef === standing.userRef,
    reader: true,
  };
  const impossible = new Set<RequestAction>([
    ...(standing.permitted.withdraw ? [] : (['withdraw'] as const)),
    // Nobody has asked who could change it.
    ...(request.kind === 'resume' ? (['request-changes'] as const) : []),
  ]);
  return requestActions[request.state].filter(
    action =>
      !impossible.has(action) &&
      requestActors[action].some(relation => is[relation]),
  );
}

/** Whether it waits for a decision. */
export function isToDecide({ state }: Pick<RequestSummary, 'state'>): boolean {
  return requestActions[state].includes('approve');
}

/** @throws ConflictError where the state does not allow the action */
export function requirePossible(
  { state }: Pick<RequestSummary, 'state'>,
  action: RequestAction,
): void {
  const possible = requestActions[state];
  if (possible.includes(action)) return;
  throw new ConflictError(
    `The request cannot be ${doneInWords[action]}: ${possibleInWords(
      state,
      possible,
    )}`,
  );
}
