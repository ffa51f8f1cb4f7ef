import type { PolicyEvaluation, PolicyStage } from '../client/types.generated';
import { mergeStages, type MergedPolicy } from './mergeContributions';
import type { StandIn } from './types';

/**
 * Who stands behind the approvers of a policy.
 *
 * @public
 */
export interface Deciders {
  /**
   * Users behind each approver: a user itself, or the members of a group. No
   * entry for one that is not in the catalog.
   */
  members: ReadonlyMap<string, readonly string[]>;
  /** Users who may not decide: the requester, and whom only it benefits. */
  excluded: readonly string[];
  /** Who stands in for a stage of a policy that names nobody for that. */
  standIns: readonly StandIn[];
  /** Who decides where nobody who stands in is left, in order. */
  fallbacks: readonly StandIn[];
}

function canDecide(approvers: readonly string[], deciders: Deciders): boolean {
  return approvers.some(ref =>
    deciders.members.get(ref)?.some(user => !deciders.excluded.includes(user)),
  );
}

function whyNobody(approvers: readonly string[], deciders: Deciders): string {
  if (approvers.length === 0) return 'nobody is named to decide';
  const names = approvers.join(', ');
  return approvers.some(ref => deciders.members.has(ref))
    ? `nobody but the requester could decide for ${names}`
    : `${names} ${approvers.length === 1 ? 'is' : 'are'} not in the catalog`;
}

/**
 * Puts the first fallback that somebody stands behind in the place of each
 * stage that nobody but the excluded could decide. Where no one is left the
 * request is refused: a request that waits for nobody helps nobody.
 *
 * @public
 */
export function assignDeciders(
  evaluation: MergedPolicy,
  deciders: Deciders,
): PolicyEvaluation {
  if (evaluation.autoApproved) return { ...evaluation, stages: [] };
  const refusals = [...evaluation.refusals];
  if (evaluation.stages.length === 0) {
    refusals.push({
      field: 'productRef',
      reason: 'no policy says who decides about this product',
    });
  }
  const deciding = new Set(
    evaluation.stages
      .map(stage => stage.approvers)
      .filter(approvers => canDecide(approvers, deciders))
      .flat(),
  );
  const stages = evaluation.stages.map((contributed): PolicyStage => {
    const { standIns = deciders.standIns, ...stage } = contributed;
    if (canDecide(stage.approvers, deciders)) return stage;
    const nobody = whyNobody(stage.approvers, deciders);
    // Who decides another stage already would decide alone.
    const fallback = [...standIns, ...deciders.fallbacks].find(
      one =>
        canDecide(one.approvers, deciders) &&
        !one.approvers.every(ref => deciding.has(ref)),
    );
    if (!fallback) {
      refusals.push({
        field: 'productRef',
        reason: `${stage.because}; ${nobody}, and no fallback approver is left; set dataMesh.governance or dataMesh.policy.fallbackApprovers, or name approvers on the product`,
      });
      return stage;
    }
    return {
      ...stage,
      name: 'fallback',
      approvers: fallback.approvers,
      because: `${stage.because}; ${nobody}, so ${fallback.because}`,
    };
  });
  return { ...evaluation, stages: mergeStages(stages), refusals };
}
