import {
  sentence,
  type JudgedReach,
  type PolicyEvaluation,
  type Problem,
  type RequestDifference,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Looks } from '../../looks';
import type { People } from '../../people';
import type { PlanOutcome } from '../../provisioners/AccessPlanner';
import { beyondPlan } from './beyondPlan';
import type { HistoryStore } from '../../store/requests/HistoryStore';
import type {
  Assessment,
  RequestAssessor,
} from '../assessment/RequestAssessor';
import type { RequestRecord } from '../../store/requests/RequestRecord';
import { approvalsIn, progressOf, type Progress } from './countedApprovals';
import type { StageApproval } from '../../store/requests/StoredJudgement';
import { differencesSince } from './differences';
import { whoIsGone, type PresenceDeps } from './whoIsGone';

/** What a request comes to by the facts of now. */
export interface Judgement {
  /** What stands in the way of approving it. */
  problems: Problem[];
  /** Whose turn it is; absent where the product cannot be judged. */
  progress?: Progress;
  reach?: JudgedReach;
  sensitiveColumns: string[];
  /** Absent where there are problems that come before. */
  plan?: PlanOutcome;
  assessment: Assessment;
  /** What changed since the request was shown. */
  differences: RequestDifference[];
}

/** That, or why there is nobody left whom it is for. */
export type JudgedNow =
  | { gone: string; judgement?: undefined }
  | { gone?: undefined; judgement: Judgement };

/** What judging takes. */
export interface JudgeDeps extends PresenceDeps {
  assessor: RequestAssessor;
  history: HistoryStore;
  people: Pick<People, 'refsOf' | 'membersOf'>;
  looks: Pick<Looks, 'within'>;
}

/** Judges requests that were made by the facts of now. */
export class RequestJudge {
  readonly #deps: JudgeDeps;

  constructor(deps: JudgeDeps) {
    this.#deps = deps;
  }

  /** @param added - an approval that is about to be given */
  async judge(
    record: RequestRecord,
    added: readonly StageApproval[] = [],
  ): Promise<JudgedNow> {
    return this.#deps.looks.within(() => this.#judge(record, added));
  }

  async #judge(
    record: RequestRecord,
    added: readonly StageApproval[],
  ): Promise<JudgedNow> {
    const gone = await whoIsGone(this.#deps, record);
    if (gone) return { gone };
    const assessment = await this.#assess(record);
    const [assessed] = assessment.principals;
    const { plan, policy } = assessed;
    const who = `principal:${record.principal.id}`;
    if (plan?.ok && plan.missing.includes(who) && record.identities[who]) {
      return {
        gone: `${record.principal.id}, whom it is for, does not exist any more`,
      };
    }
    const progress =
      policy &&
      (await this.#progress(policy, [
        ...(await this.#approvalsOf(record)),
        ...added,
      ]));
    const problems = problemsOf(record, assessment);
    return {
      judgement: {
        problems,
        progress,
        reach: assessment.reach,
        sensitiveColumns: assessment.sensitiveColumns,
        plan,
        assessment,
        differences: this.#differences(record, {
          problems,
          progress,
          assessment,
          plan,
        }),
      },
    };
  }

  async #assess(record: RequestRecord): Promise<Assessment> {
    const { requesterRef: userRef, principal, principalVia: via } = record;
    return this.#deps.assessor.assess(
      {
        productRef: record.productRef,
        port: record.port,
        principals: [principal.id],
        scope: record.scope,
        purpose: record.purpose,
        durationDays: record.durationDays,
        ...(record.justification && { justification: record.justification }),
        ...(record.amendsEntitlementId && {
          entitlementId: record.amendsEntitlementId,
        }),
      },
      {
        requester: {
          userRef,
          ownershipRefs: await this.#deps.people.refsOf(userRef),
        },
        kind: record.kind,
        complete: false,
        isAskedOfPeople: true,
        settled: { principal, via },
      },
    );
  }

  /** Approvals of requests from before there were judgements are in the history. */
  async #approvalsOf(record: RequestRecord): Promise<StageApproval[]> {
    return (
      record.judged?.approvals ??
      approvalsIn(
        await this.#deps.history.decisionsOf(record.id),
        record.policy.stages,
      )
    );
  }

  async #progress(
    policy: PolicyEvaluation,
    approvals: readonly StageApproval[],
  ): Promise<Progress> {
    const refs = policy.stages.flatMap(stage => stage.approvers);
    return progressOf(
      policy,
      approvals,
      await this.#deps.people.membersOf(refs),
    );
  }

  #differences(
    record: RequestRecord,
    now: Pick<Judgement, 'problems' | 'progress' | 'plan' | 'assessment'>,
  ): RequestDifference[] {
    const { progress, plan, assessment } = now;
    const ownerRef = assessment.product?.ownerRef ?? record.productOwnerRef;
    const before = {
      stages: record.policy.stages,
      sensitiveColumns: record.sensitiveColumns,
      problems: record.judged?.problems ?? [],
      unknown: record.judged?.reach?.unknown,
    };
    return [
      ...differencesSince(before, {
        stages: progress?.policy.stages ?? before.stages,
        sensitiveColumns: assessment.reach
          ? assessment.sensitiveColumns
          : before.sensitiveColumns,
        problems: now.problems,
        unknown: assessment.reach?.unknown,
      }),
      ...(ownerRef !== record.productOwnerRef
        ? [
            {
              kind: 'product' as const,
              words: sentence('difference.owner', {
                owner: ownerRef,
                before: record.productOwnerRef,
              }),
            },
          ]
        : []),
      ...(progress && progress.stage < record.stage
        ? [
            {
              kind: 'people' as const,
              words: sentence('difference.approvalLost', {
                approvers:
                  progress.policy.stages[progress.stage].approvers.join(', '),
              }),
            },
          ]
        : []),
      ...(plan?.ok && record.kind !== 'renew'
        ? beyondPlan(record, plan).map(words => ({
            kind: 'plan' as const,
            words,
          }))
        : []),
    ];
  }
}

function problemsOf(
  record: RequestRecord,
  { product, port, problems, refusals }: Assessment,
): Problem[] {
  if (!product) {
    return [
      {
        field: 'productRef',
        reason: `${record.productRef} is not in the catalog any more; reject the request or bring the product back`,
      },
    ];
  }
  if (!port) {
    return [
      {
        field: 'port',
        reason: `${record.productRef} has no port '${record.port}' any more; reject the request`,
      },
    ];
  }
  return [...problems, ...refusals];
}
