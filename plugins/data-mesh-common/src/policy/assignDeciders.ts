import type { PolicyEvaluation, PolicyStage } from '../client/types';
import { mergeStages } from './mergeContributions';

/**
 * Who stands behind the approvers of a policy.
 *
 * @public
 */
export interface Deciders {
  /** Users behind each approver: a user itself, or the members of a group. */
  members: ReadonlyMap<string, readonly string[]>;
  /** Users who may not decide: the requester, and whom only it benefits. */
  excluded: readonly string[];
  /** Who decides in place of a stage that nobody can decide, in order. */
  fallbacks: ReadonlyArray<{ approvers: string[]; because: string }>;
}

function canDecide(approvers: readonly string[], deciders: Deciders): boolean {
  return approvers.some(ref =>
    deciders.members.get(ref)?.some(user => !deciders.excluded.includes(user)),
  );
}

/**
 * Puts the first fallback that somebody stands behind in the place of each
 * stage that nobody but the excluded could decide. Where no one is left the
 * request is refused: a request that waits for nobody helps nobody.
 *
 * @public
 */
export function assignDeciders(
  evaluation: PolicyEvaluation,
  deciders: Deciders,
): PolicyEvaluation {
  if (evaluation.autoApproved) return evaluation;
  const refusals = [...evaluation.refusals];
  if (evaluation.stages.length === 0) {
    refusals.push({
      field: 'productRef',
      reason: 'no policy says who decides about this product',
    });
  }
  const stages = evaluation.stages.map((stage): PolicyStage => {
    if (canDecide(stage.approvers, deciders)) return stage;
    const nobody = `nobody but the requester could decide for ${stage.approvers.join(
      ', ',
    )}`;
    const fallback = deciders.fallbacks.find(one =>
      canDecide(one.approvers, deciders),
    );
    if (!fallback) {
      refusals.push({
        field: 'productRef',
        reason: `${nobody}, and no fallback approver is left; set dataMesh.policy.fallbackApprovers or name approvers on the product`,
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

/**
 * The stages that are left of a narrowed scope: one that was there for columns
 * which are no longer asked for falls away, unless its turn is over or now.
 *
 * @param stage - index of the stage whose turn it is
 * @param sensitive - columns of the narrowed scope, as `table.column`
 * @public
 */
export function stagesAfterNarrowing(
  stages: PolicyStage[],
  stage: number,
  sensitive: string[],
): PolicyStage[] {
  return stages.filter(
    (one, index) =>
      index <= stage ||
      !one.columns ||
      one.columns.some(column => sensitive.includes(column)),
  );
}
