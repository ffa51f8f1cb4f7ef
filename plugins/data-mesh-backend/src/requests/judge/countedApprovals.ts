import type {
  Decision,
  PolicyEvaluation,
  PolicyStage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StageApproval } from '../../store/requests/StoredJudgement';

/**
 * The approvals of a request as it stands: those from before changes were
 * requested were of another request.
 *
 * @param stages - the stages of the policy by which they were given
 */
export function approvalsIn(
  decisions: readonly Decision[],
  stages: readonly PolicyStage[],
): StageApproval[] {
  const sentBack = decisions
    .map(one => one.decision)
    .lastIndexOf('request-changes');
  return decisions
    .slice(sentBack + 1)
    .filter(one => one.decision === 'approve')
    .map(({ actorRef, stage }) => ({
      actorRef,
      approvers: stages[stage]?.approvers ?? [],
    }));
}

/** Where a request is in its stages. */
export interface Progress {
  policy: PolicyEvaluation;
  /** Index of the stage whose turn it is; their number where all are decided. */
  stage: number;
  /** The approvals that count. */
  counted: StageApproval[];
}

/**
 * Puts the stages that are decided before the others. An approval counts for a
 * stage of the same approvers whom its author still belongs to. Pure.
 *
 * @param members - users behind each approver now
 */
export function progressOf(
  policy: PolicyEvaluation,
  approvals: readonly StageApproval[],
  members: ReadonlyMap<string, readonly string[]>,
): Progress {
  const counts = ({ approvers }: PolicyStage, approval: StageApproval) =>
    approvers.some(
      ref =>
        approval.approvers.includes(ref) &&
        members.get(ref)?.includes(approval.actorRef),
    );
  const isDecided = (stage: PolicyStage) =>
    approvals.some(approval => counts(stage, approval));
  const decided = policy.stages.filter(isDecided);
  const open = policy.stages.filter(stage => !isDecided(stage));
  return {
    policy: { ...policy, stages: [...decided, ...open] },
    stage: decided.length,
    counted: approvals.filter(approval =>
      decided.some(stage => counts(stage, approval)),
    ),
  };
}
