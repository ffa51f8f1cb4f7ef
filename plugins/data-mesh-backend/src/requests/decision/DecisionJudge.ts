import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  isInForce,
  scopeForm,
  type NewDecision,
  type RequestEvent,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  EntitlementReader,
  FoundEntitlement,
} from '../../entitlements/reading/EntitlementReader';
import { ProblemsError } from '../../errors/ProblemsError';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import { nextTurn } from '../../turns';
import type { JudgeAgain } from '../judge/JudgeAgain';
import { JudgedAgainError } from '../judge/JudgedAgainError';
import { plannedForApproval, plannedNow, type Planned } from '../judge/planned';
import type { Judgement, RequestJudge } from '../judge/RequestJudge';
import type { RequestWriter } from '../lifecycle/RequestWriter';
import {
  requirePossible,
  whyNotDecide,
  type Standing,
} from '../lifecycle/standing';
import { storedReach } from '../reach/storedReach';
import { validateDecision } from './validateDecision';

/** A decision that can be made by the facts of now. */
export interface JudgedDecision {
  event: RequestEvent;
  /** The request as the decision leaves it, but for its state. */
  changed: RequestRecord;
}

interface DecisionJudgeDeps {
  writer: RequestWriter;
  again: JudgeAgain;
  judge: RequestJudge;
  entitlements: EntitlementReader;
  now: () => Date;
}

/** Judges decisions: whether they can be made, and what they come to. */
export class DecisionJudge {
  readonly #deps: DecisionJudgeDeps;

  constructor(deps: DecisionJudgeDeps) {
    this.#deps = deps;
  }

  /**
   * @param standingOf - asked for once the request is what was seen
   * @throws NotAllowedError where whoever decides may not
   * @throws ConflictError where the request was changed or decided meanwhile,
   *   or would do more by now than was shown
   * @throws InputError with all problems of the decision
   */
  async judge(
    record: RequestRecord,
    seenVersion: number,
    decision: NewDecision,
    standingOf: () => Promise<Standing>,
  ): Promise<JudgedDecision> {
    if (record.version !== seenVersion) {
      const conflict = await this.#deps.writer.conflict(record.id, seenVersion);
      throw new JudgedAgainError(
        conflict.message,
        record.judged?.differences ?? [],
      );
    }
    requirePossible(record, decision.decision);
    const standing = await standingOf();
    const refusal = whyNotDecide(record, standing);
    const isApproval = decision.decision === 'approve';
    if (isApproval) await this.#aboutOf(record);
    // Who is to decide may have changed: nobody is refused by what was.
    const judgement = isApproval
      ? await this.#judgeAgain(record)
      : await this.#judgePeople(record);
    if (refusal) throw new NotAllowedError(refusal.reason);
    const problems = validateDecision(decision, record);
    if (problems.length > 0) throw new ProblemsError(problems);
    return isApproval && judgement
      ? this.#approve(record, judgement, decision, standing.userRef)
      : { event: decision.decision, changed: record };
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
    const words = differences
      .map(difference => difference.words.text)
      .join('; ');
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
    actorRef: string,
  ): Promise<JudgedDecision> {
    const narrowed = narrow(seen, decision);
    const isNarrower = narrowed !== seen;
    if (isNarrower && seen.kind !== 'renew' && !shown.plan?.ok) {
      // It would have to be known what was shown, to know that this is less.
      plannedForApproval(seen, shown, true);
    }
    const judged = await this.#deps.judge.judge(narrowed, [
      {
        actorRef,
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
    const changed: RequestRecord = {
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
    return { event: isLast ? 'approve' : 'approve-stage', changed };
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
