import type {
  PolicyEvaluation,
  PolicyStage,
  Sentence,
} from '../client/types.generated';
import { sentence } from '../sentences';
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

function whyNobody(approvers: readonly string[], deciders: Deciders): Sentence {
  if (approvers.length === 0) return sentence('policy.nobody.named');
  const names = approvers.join(', ');
  return approvers.some(ref => deciders.members.has(ref))
    ? sentence('policy.nobody.self', { approvers: names })
    : sentence('policy.nobody.unknown', {
        count: approvers.length,
        approvers: names,
      });
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
      reason: sentence('policy.noPolicy'),
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
        reason: sentence('policy.noDecider', {
          because: stage.because,
          nobody,
        }),
      });
      return stage;
    }
    return {
      ...stage,
      name: 'fallback',
      approvers: fallback.approvers,
      because: sentence('policy.standIn', {
        because: stage.because,
        nobody,
        standIn: fallback.because,
      }),
    };
  });
  return { ...evaluation, stages: mergeStages(stages), refusals };
}
