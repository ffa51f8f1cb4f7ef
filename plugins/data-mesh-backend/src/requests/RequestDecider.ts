import { ConflictError, NotAllowedError } from '@backstage/errors';
import {
  beyondScope,
  requestTransitions,
  sensitiveColumnsOf,
  stagesAfterNarrowing,
  transition,
  type Decision,
  type NewDecision,
  type Problem,
  type RequestEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementIntake } from '../entitlements/EntitlementIntake';
import type {
  EntitlementReader,
  FoundEntitlement,
} from '../entitlements/EntitlementReader';
import { ProblemsError } from '../errors/ProblemsError';
import type { Caller } from '../identity/Caller';
import type {
  RequestHappening,
  RequestNotices,
} from '../notices/RequestNotices';
import { approversOf, handOver } from './entitlementOf';
import type { HistoryStore } from './HistoryStore';
import type { PlanCheck } from './PlanCheck';
import type { RequestReader } from './RequestReader';
import type { RequestRecord } from './RequestRecord';
import type { RequestStore } from './RequestStore';
import type { RequestWriter } from './RequestWriter';
import { rowFilterProblems } from './rowFilterProblems';
import { whyNotDecide } from './standing';

const happenings: { [E in RequestEvent]?: RequestHappening } = {
  'approve-stage': 'stage-approved',
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'changes-requested',
};

/** What is wrong with a decision by itself. Pure. */
export function validateDecision(
  decision: NewDecision,
  record: Pick<
    RequestRecord,
    'kind' | 'scope' | 'durationDays' | 'portSnapshot'
  >,
): Problem[] {
  const { comment, narrowedScope, narrowedDurationDays } = decision;
  const problems: Problem[] = [];
  if (decision.decision !== 'approve') {
    if (!comment?.trim()) {
      problems.push({
        field: 'comment',
        reason: `is required to ${
          decision.decision === 'reject' ? 'reject' : 'ask for changes'
        }: the requester must learn why`,
      });
    }
    if (narrowedScope || narrowedDurationDays !== undefined) {
      problems.push({
        field: narrowedScope ? 'narrowedScope' : 'narrowedDurationDays',
        reason: 'can only be given with an approval',
      });
    }
    return problems;
  }
  if (narrowedScope && record.kind === 'renew') {
    problems.push({
      field: 'narrowedScope',
      reason:
        'a renewal keeps what is held; narrow the access itself to take a part of it away',
    });
  } else if (narrowedScope) {
    problems.push(
      ...beyondScope(record.scope, narrowedScope),
      ...rowFilterProblems(narrowedScope, record.portSnapshot, 'narrowedScope'),
    );
  }
  if (narrowedDurationDays !== undefined && record.kind === 'amend') {
    return [
      ...problems,
      {
        field: 'narrowedDurationDays',
        reason:
          'an amendment keeps the end; narrow the access itself to let it end earlier',
      },
    ];
  }
  if (
    narrowedDurationDays !== undefined &&
    (narrowedDurationDays < 1 || narrowedDurationDays > record.durationDays)
  ) {
    problems.push({
      field: 'narrowedDurationDays',
      reason: `is ${narrowedDurationDays}, expected 1 to ${record.durationDays}, the days that were asked for`,
    });
  }
  return problems;
}

/** Decides requests. */
export class RequestDecider {
  readonly #deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    planCheck: PlanCheck;
    entitlements: EntitlementReader;
    intake: EntitlementIntake;
    notices: RequestNotices;
    now: () => Date;
    newId: () => string;
  };

  constructor(deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    planCheck: PlanCheck;
    entitlements: EntitlementReader;
    intake: EntitlementIntake;
    notices: RequestNotices;
    now: () => Date;
    newId: () => string;
  }) {
    this.#deps = deps;
  }

  /**
   * @throws NotAllowedError where the caller may not decide
   * @throws ConflictError where the request was changed or decided meanwhile,
   *   or would do more by now than was shown
   * @throws InputError with all problems of the decision
   */
  async decide(
    id: string,
    seenVersion: number,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const { reader, writer } = this.#deps;
    const record = await reader.record(id, caller);
    await writer.requireVersion(record, seenVersion);
    const possible = transition(
      requestTransitions,
      record.state,
      decision.decision,
    );
    if (!possible.ok) {
      throw new ConflictError(
        `The request cannot be decided: ${possible.reason}`,
      );
    }
    const refusal = whyNotDecide(record, await reader.standing(record, caller));
    if (refusal) throw new NotAllowedError(refusal.reason);
    const problems = validateDecision(decision, record);
    if (problems.length > 0) throw new ProblemsError(problems);

    if (decision.decision === 'approve') {
      await this.#approve(record, decision, caller);
    } else {
      await this.#commit(record, record, decision.decision, decision, caller);
    }
  }

  async #approve(
    seen: RequestRecord,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const narrowed = narrow(seen, decision);
    const isLast = narrowed.policy.stages.length - 1 <= seen.stage;
    const isNarrower = narrowed !== seen;
    if (!isLast && !isNarrower) {
      const next = { ...seen, stage: seen.stage + 1 };
      await this.#commit(seen, next, 'approve-stage', decision, caller);
      return;
    }
    const about = await this.#aboutOf(seen);
    if (seen.kind === 'renew') {
      // Nothing is done in the system; only the end moves.
      const next = {
        ...narrowed,
        stage: isLast ? seen.stage : seen.stage + 1,
      };
      const event = isLast ? 'approve' : 'approve-stage';
      await this.#commit(seen, next, event, decision, caller);
      return;
    }
    const checked = await this.#deps.planCheck.check(
      seen,
      decision.narrowedScope,
      about?.steps,
    );
    if (checked.outcome === 'changed') {
      await this.#showAgain(seen, checked.planned, caller);
      throw new ConflictError(
        `What would be done has changed since it was shown: ${checked.differences.join(
          '; ',
        )}. Nothing was decided; look at the request again`,
      );
    }
    const next = {
      ...narrowed,
      ...checked.planned,
      stage: isLast ? seen.stage : seen.stage + 1,
    };
    await this.#commit(
      seen,
      next,
      isLast ? 'approve' : 'approve-stage',
      decision,
      caller,
    );
  }

  /**
   * The entitlement that a renewal or amendment is about.
   *
   * @throws ConflictError where it is not in force any more
   */
  async #aboutOf({
    kind,
    amendsEntitlementId,
  }: RequestRecord): Promise<FoundEntitlement | undefined> {
    if (!amendsEntitlementId) return undefined;
    const found = await this.#deps.entitlements.find(amendsEntitlementId);
    if (!found?.isInForce) {
      throw new ConflictError(
        `The entitlement ${amendsEntitlementId} is ${
          found?.entitlement.state ?? 'gone'
        } by now, so there is nothing to ${kind}; reject the request, and let a new access be asked for`,
      );
    }
    return found;
  }

  /** Stores what would be done now, for the approvers to look at again. */
  async #showAgain(
    seen: RequestRecord,
    planned: Partial<RequestRecord>,
    caller: Caller,
  ): Promise<void> {
    const record = await this.#deps.writer.commit({
      seen,
      next: {
        ...seen,
        ...planned,
        updatedAt: this.#deps.now().toISOString(),
      },
      actorRef: caller.userRef,
      action: 'request.plan-changed',
    });
    this.#deps.notices.tell({
      record,
      happening: 'plan-changed',
      actorRef: caller.userRef,
    });
  }

  async #commit(
    seen: RequestRecord,
    changed: RequestRecord,
    event: RequestEvent,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const { writer, history, notices, intake, newId } = this.#deps;
    const moved = transition(requestTransitions, seen.state, event);
    if (!moved.ok) throw new ConflictError(moved.reason);
    const at = this.#deps.now().toISOString();
    const isFinal = event === 'approve' || event === 'reject';
    const made: Decision = {
      id: newId(),
      actorRef: caller.userRef,
      decision: decision.decision,
      stage: seen.stage,
      ...(decision.comment?.trim() && { comment: decision.comment.trim() }),
      ...(decision.narrowedScope && { narrowedScope: decision.narrowedScope }),
      ...(decision.narrowedDurationDays !== undefined && {
        narrowedDurationDays: decision.narrowedDurationDays,
      }),
      at,
    };
    const earlier = await history.decisionsOf(seen.id);
    const record = await writer.commit(
      {
        seen,
        next: {
          ...changed,
          state: moved.state,
          updatedAt: at,
          ...(isFinal && { decidedAt: at }),
        },
        actorRef: caller.userRef,
        action: `request.${happenings[event] ?? event}`,
        note: made.comment ? { comment: made.comment } : undefined,
      },
      async (tx, version) => {
        await history.addDecision(tx, seen.id, version, made);
        if (
          decision.narrowedScope ||
          decision.narrowedDurationDays !== undefined
        ) {
          await history.addRevision(tx, seen.id, {
            authorRef: caller.userRef,
            at,
            ...(made.comment && { comment: made.comment }),
            before: beforeOf(seen),
          });
        }
        if (event === 'approve') {
          await this.#handOver(tx, changed, [...earlier, made]);
        }
      },
    );
    if (event === 'approve') intake.wake(record.amendsEntitlementId);
    notices.tell({
      record,
      happening: happenings[event] ?? 'stage-approved',
      actorRef: caller.userRef,
      comment: made.comment,
    });
  }

  async #handOver(
    tx: Parameters<EntitlementIntake['create']>[0],
    record: RequestRecord,
    decisions: Decision[],
  ): Promise<void> {
    const { store, intake } = this.#deps;
    const entitlementId = await handOver(
      intake,
      tx,
      record,
      approversOf(decisions),
    );
    await store.setEntitlement(tx, record.id, entitlementId);
  }
}

/** The request as the approver narrows it; the same where nothing is narrower. */
function narrow(
  record: RequestRecord,
  { narrowedScope, narrowedDurationDays }: NewDecision,
): RequestRecord {
  if (!narrowedScope && narrowedDurationDays === undefined) return record;
  const scope = narrowedScope ?? record.scope;
  const sensitiveColumns = sensitiveColumnsOf(scope, record.portSnapshot);
  return {
    ...record,
    scope,
    sensitiveColumns,
    durationDays: narrowedDurationDays ?? record.durationDays,
    policy: {
      ...record.policy,
      stages: stagesAfterNarrowing(
        record.policy.stages,
        record.stage,
        sensitiveColumns,
      ),
    },
  };
}

/** What a request said, for its revisions. */
export function beforeOf(record: RequestRecord) {
  return {
    scope: record.scope,
    purpose: record.purpose,
    durationDays: record.durationDays,
    ...(record.justification && { justification: record.justification }),
    ...(record.consumerRef && { consumerRef: record.consumerRef }),
  };
}
