import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  isInForce,
  requestTransitions,
  scopeForm,
  transition,
  type Decision,
  type NewDecision,
  type RequestEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementIntake } from '../../entitlements/lifecycle/EntitlementIntake';
import type {
  EntitlementReader,
  FoundEntitlement,
} from '../../entitlements/reading/EntitlementReader';
import { ProblemsError } from '../../errors/ProblemsError';
import type { Caller } from '../../identity/Caller';
import type { Tell } from '../../events';
import type { RequestHappening } from '../../events';
import { handOver } from './entitlementOf';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type { JudgeAgain } from '../judge/JudgeAgain';
import { JudgedAgainError } from '../judge/JudgedAgainError';
import { plannedForApproval, plannedNow, type Planned } from '../judge/planned';
import type { Judgement, RequestJudge } from '../judge/RequestJudge';
import { storedReach } from '../reach/storedReach';
import type { RequestReader } from '../reading/RequestReader';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import type { RequestStore } from '../../store/requests/RequestStore';
import type { RequestWriter } from '../lifecycle/RequestWriter';
import { requirePossible, whyNotDecide } from '../lifecycle/standing';
import { nextTurn } from '../../turns';
import { validateDecision } from './validateDecision';

const happenings: { [E in RequestEvent]?: RequestHappening } = {
  'approve-stage': 'stage-approved',
  approve: 'approved',
  reject: 'rejected',
  'request-changes': 'changes-requested',
};

/** Decides requests. */
export class RequestDecider {
  readonly #deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    again: JudgeAgain;
    judge: RequestJudge;
    entitlements: EntitlementReader;
    intake: EntitlementIntake;
    events: Tell;
    now: () => Date;
    newId: () => string;
  };

  constructor(deps: {
    store: RequestStore;
    history: HistoryStore;
    reader: RequestReader;
    writer: RequestWriter;
    again: JudgeAgain;
    judge: RequestJudge;
    entitlements: EntitlementReader;
    intake: EntitlementIntake;
    events: Tell;
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
    if (record.version !== seenVersion) {
      const conflict = await writer.conflict(id, seenVersion);
      throw new JudgedAgainError(
        conflict.message,
        record.judged?.differences ?? [],
      );
    }
    requirePossible(record, decision.decision);
    const refusal = whyNotDecide(record, await reader.standing(record, caller));
    const isApproval = decision.decision === 'approve';
    if (isApproval) await this.#aboutOf(record);
    // Who is to decide may have changed: nobody is refused by what was.
    const judgement = isApproval
      ? await this.#judgeAgain(record)
      : await this.#judgePeople(record);
    if (refusal) throw new NotAllowedError(refusal.reason);
    const problems = validateDecision(decision, record);
    if (problems.length > 0) throw new ProblemsError(problems);

    if (isApproval && judgement) {
      await this.#approve(record, judgement, decision, caller);
    } else {
      await this.#commit(record, record, decision.decision, decision, caller);
    }
  }

  /**
   * Takes an undoable decision back.
   *
   * @throws ConflictError where there is none of the caller
   */
  async undo(id: string, caller: Caller): Promise<void> {
    await this.#deps.reader.record(id, caller);
    throw new ConflictError('There is no decision of yours to undo');
  }

  /**
   * @throws ConflictError where the request has ended, or is not what was shown
   */
  async #judgeAgain(record: RequestRecord): Promise<Judgement> {
    const { judgement, ended, differences } = await this.#deps.again.again(
      record,
    );
    if (!judgement) throw new ConflictError(ended);
    if (differences.length === 0) return judgement;
    const words = differences.map(one => one.words.text).join('; ');
    const what = differences.every(({ kind }) => kind === 'plan')
      ? `What would be done has changed since it was shown: ${words}`
      : `The request is not what it was when it was shown: ${words}`;
    throw new JudgedAgainError(
      judgement.problems.length > 0
        ? `This cannot be granted as it stands: ${words}. Nothing was decided`
        : `${what}. Nothing was decided; look at the request again`,
      differences,
    );
  }

  /**
   * Rejecting or asking for changes gives nothing away: it is enough that who
   * decides is the one to decide.
   */
  async #judgePeople(record: RequestRecord): Promise<Judgement | undefined> {
    const judged = await this.#deps.judge.judge(record);
    const isStale =
      judged.gone !== undefined ||
      judged.judgement.differences.some(({ kind }) => kind === 'people');
    return isStale ? this.#judgeAgain(record) : judged.judgement;
  }

  async #approve(
    seen: RequestRecord,
    shown: Judgement,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const narrowed = narrow(seen, decision);
    const isNarrower = narrowed !== seen;
    if (isNarrower && seen.kind !== 'renew' && !shown.plan?.ok) {
      // It would have to be known what was shown, to know that this is less.
      plannedForApproval(seen, shown, true);
    }
    const judged = await this.#deps.judge.judge(narrowed, [
      {
        actorRef: caller.userRef,
        approvers: seen.policy.stages[seen.stage].approvers,
      },
    ]);
    if (judged.gone !== undefined) throw new ConflictError(judged.gone);
    const { judgement } = judged;
    const { progress, reach, problems } = judgement;
    if (problems.length > 0 || !progress) {
      throw new ConflictError(
        `This cannot be granted as it stands: ${problems
          .map(({ field, reason }) => `${field}: ${reason}`)
          .join('; ')}`,
      );
    }
    if (reach?.unknown && scopeForm(narrowed.scope) !== 'tables') {
      throw new ServiceUnavailableError(
        `What it reaches cannot be found out now: ${reach.unknown}. Nothing was decided; try again later`,
      );
    }
    await nextTurn();
    const isLast = progress.stage >= progress.policy.stages.length;
    const at = this.#deps.now().toISOString();
    const next: RequestRecord = {
      ...narrowed,
      ...this.#planned(narrowed, judgement, { isNarrower, isLast }),
      policy: progress.policy,
      stage: isLast ? progress.policy.stages.length - 1 : progress.stage,
      sensitiveColumns: judgement.sensitiveColumns,
      judged: {
        at,
        problems: [],
        ...storedReach(
          reach,
          narrowed.scope,
          judgement.assessment.product?.domainRef,
        ),
        differences: [],
        approvals: progress.counted,
        requesterKnown: seen.judged?.requesterKnown ?? true,
      },
    };
    await this.#commit(
      seen,
      next,
      isLast ? 'approve' : 'approve-stage',
      decision,
      caller,
    );
  }

  /** Of a renewal nothing is done in the system; only the end moves. */
  #planned(
    record: RequestRecord,
    judgement: Judgement,
    { isNarrower, isLast }: { isNarrower: boolean; isLast: boolean },
  ): Partial<Planned> {
    if (record.kind === 'renew') return {};
    return isLast || isNarrower
      ? plannedForApproval(record, judgement, isNarrower)
      : plannedNow(record, judgement);
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
    if (kind === 'resume') {
      requireSuspended(amendsEntitlementId, found);
      return found;
    }
    if (!found || !isInForce(found.entitlement)) {
      throw new ConflictError(
        `The entitlement ${amendsEntitlementId} is ${
          found?.entitlement.state ?? 'gone'
        } by now, so there is nothing to ${kind}; reject the request, and let a new access be asked for`,
      );
    }
    return found;
  }

  async #commit(
    seen: RequestRecord,
    changed: RequestRecord,
    event: RequestEvent,
    decision: NewDecision,
    caller: Caller,
  ): Promise<void> {
    const { writer, history, events, intake, newId } = this.#deps;
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
          await this.#handOver(tx, changed);
        }
        if (event === 'reject' && isAboutSuspended(seen)) {
          await intake.endSuspended(tx, {
            entitlementId: seen.amendsEntitlementId,
            productRef: seen.productRef,
            kind: 'revoked',
            reason: made.comment,
            actorRef: caller.userRef,
          });
        }
      },
    );
    if (event === 'approve' || (event === 'reject' && isAboutSuspended(seen))) {
      intake.wake(record.amendsEntitlementId);
    }
    events.emit('request', {
      record,
      happening: happenings[event] ?? 'stage-approved',
      actorRef: caller.userRef,
      comment: made.comment,
    });
  }

  async #handOver(
    tx: Parameters<EntitlementIntake['create']>[0],
    record: RequestRecord,
  ): Promise<void> {
    const { store, intake } = this.#deps;
    const approvals = record.judged?.approvals ?? [];
    const entitlementId = await handOver(intake, tx, record, [
      ...new Set(approvals.map(({ actorRef }) => actorRef)),
    ]);
    await store.setEntitlement(tx, record.id, entitlementId);
  }
}

/** Access is suspended until this is decided. */
function isAboutSuspended(
  record: RequestRecord,
): record is RequestRecord & { amendsEntitlementId: string } {
  return record.kind === 'resume' && record.amendsEntitlementId !== undefined;
}

/** @throws ConflictError where it cannot be given back now */
function requireSuspended(
  id: string,
  found: FoundEntitlement | undefined,
): void {
  const state = found?.entitlement.state ?? 'gone';
  if (state === 'suspended') return;
  throw new ConflictError(
    found?.entitlement.suspension
      ? `What the entitlement ${id} holds is still being taken away; approve again when it is suspended`
      : `The entitlement ${id} is ${state} by now, not suspended: there is nothing to decide`,
  );
}

/** The request as the approver narrows it; the same where nothing is narrower. */
function narrow(
  record: RequestRecord,
  { narrowedScope, narrowedDurationDays }: NewDecision,
): RequestRecord {
  if (!narrowedScope && narrowedDurationDays === undefined) return record;
  return {
    ...record,
    scope: narrowedScope ?? record.scope,
    durationDays: narrowedDurationDays ?? record.durationDays,
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
