import type { PolicyEvaluation, Sentence } from '../client/types.generated';
import { sentence } from '../sentences';
import type { ContributedStage, PolicyContribution } from './types';

/** Stages of nobody are of different people: who stands in differs. */
function sameApprovers(a: ContributedStage, b: ContributedStage): boolean {
  return (
    a.approvers.length > 0 &&
    a.approvers.length === b.approvers.length &&
    a.approvers.every(ref => b.approvers.includes(ref))
  );
}

/** What is said twice is told once. */
function together(first: Sentence, second: Sentence): Sentence {
  return first.text.split('; ').includes(second.text)
    ? first
    : sentence('list.semicolon', { before: first, next: second });
}

function joined(
  first: ContributedStage,
  second: ContributedStage,
): ContributedStage {
  const { columns: _, ...stage } = first;
  return {
    ...stage,
    because: together(first.because, second.because),
    ...((first.standIns || second.standIns) && {
      standIns: [...(first.standIns ?? []), ...(second.standIns ?? [])],
    }),
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
export function mergeStages(stages: ContributedStage[]): ContributedStage[] {
  const merged: ContributedStage[] = [];
  for (const stage of stages) {
    const index = merged.findIndex(one => sameApprovers(one, stage));
    if (index < 0) merged.push(stage);
    else merged[index] = joined(merged[index], stage);
  }
  return merged;
}

/**
 * What all policies say together, before it is known who can decide.
 *
 * @public
 */
export type MergedPolicy = Omit<PolicyEvaluation, 'stages'> & {
  stages: ContributedStage[];
};

/**
 * Adds up what several policies say; see {@link PolicyContribution}.
 *
 * @public
 */
export function mergeContributions(
  contributions: PolicyContribution[],
  maxDurationDays: number,
): MergedPolicy {
  const stages = mergeStages(contributions.flatMap(c => c.stages ?? []));
  const approving = contributions.flatMap(c => c.autoApprove?.because ?? []);
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
      autoApprovedBecause: approving.reduce(together),
    }),
  };
}
