import {
  storedSentence,
  type Plan,
  type PlanStep,
  type PolicyEvaluation,
  type RequestDifference,
  type Residue,
  type RevocationEffect,
  type Sentence,
  type TagFinding,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** JSON in which sentences were texts before they had codes. */
export type Stored<T> = T extends Sentence
  ? Sentence | string
  : T extends object
  ? { [TKey in keyof T]: Stored<T[TKey]> }
  : T;

const storedEffect = ({
  words,
  because,
  ...effect
}: Stored<RevocationEffect>): RevocationEffect => ({
  ...effect,
  words: storedSentence(words),
  ...(because !== undefined && { because: storedSentence(because) }),
});

export const storedStep = ({
  words,
  undo,
  effects,
  ...step
}: Stored<PlanStep>): PlanStep => ({
  ...step,
  words: storedSentence(words),
  ...(undo && { undo: { ...undo, words: storedSentence(undo.words) } }),
  ...(effects && { effects: effects.map(storedEffect) }),
});

export const storedPlan = ({
  steps,
  warnings,
  removes,
  keeps,
  ...plan
}: Stored<Plan>): Plan => ({
  ...plan,
  steps: steps.map(storedStep),
  warnings: warnings.map(storedSentence),
  ...(removes && { removes: removes.map(storedEffect) }),
  ...(keeps && { keeps: keeps.map(storedEffect) }),
});

export const storedResidue = (stored: Stored<Residue>): Residue => ({
  ...stored,
  words: stored.words.map(storedSentence),
});

export const storedDifference = (
  stored: Stored<RequestDifference>,
): RequestDifference => ({ ...stored, words: storedSentence(stored.words) });

export const storedFinding = (stored: Stored<TagFinding>): TagFinding => ({
  ...stored,
  words: storedSentence(stored.words),
});

export const storedPolicy = ({
  stages,
  refusals,
  autoApprovedBecause: because,
  ...policy
}: Stored<PolicyEvaluation>): PolicyEvaluation => ({
  ...policy,
  stages: stages.map(stage => ({
    ...stage,
    because: storedSentence(stage.because),
  })),
  refusals: refusals.map(({ field, reason }) => ({
    field,
    reason: storedSentence(reason),
  })),
  ...(because !== undefined && {
    autoApprovedBecause: storedSentence(because),
  }),
});
