import type { PolicyEvaluation, PolicyStage } from '../client/types';
import type { PolicyContribution } from './types';

function sameApprovers(a: PolicyStage, b: PolicyStage): boolean {
  return (
    a.approvers.length === b.approvers.length &&
    a.approvers.every(ref => b.approvers.includes(ref))
  );
}

function joined(first: PolicyStage, second: PolicyStage): PolicyStage {
  const { columns: _, ...stage } = first;
  return {
    ...stage,
    because: [...new Set([first.because, second.because])].join('; '),
    // A stage that one reason asks for without columns stays without them.
    ...(first.columns &&
      second.columns && {
        columns: [...new Set([...first.columns, ...second.columns])],
      }),
  };
}

/**
 * Makes stages with the same approvers one, at the place of the first.
 *
 * @public
 */
export function mergeStages(stages: PolicyStage[]): PolicyStage[] {
  const merged: PolicyStage[] = [];
  for (const stage of stages) {
    const index = merged.findIndex(one => sameApprovers(one, stage));
    if (index < 0) merged.push(stage);
    else merged[index] = joined(merged[index], stage);
  }
  return merged;
}

/**
 * Adds up what several policies say; see {@link PolicyContribution}.
 *
 * @public
 */
export function mergeContributions(
  contributions: PolicyContribution[],
  maxDurationDays: number,
): PolicyEvaluation {
  const stages = mergeStages(contributions.flatMap(c => c.stages ?? []));
  const approving = contributions.filter(c => c.autoApprove);
  const autoApproved = stages.length === 0 && approving.length > 0;
  return {
    stages,
    refusals: contributions.flatMap(c => c.refusals ?? []),
    maxDurationDays: Math.min(
      maxDurationDays,
      ...contributions.map(c => c.maxDurationDays ?? maxDurationDays),
    ),
    autoApproved,
    ...(autoApproved && {
      autoApprovedBecause: approving
        .map(c => c.autoApprove?.because)
        .join('; '),
    }),
  };
}
