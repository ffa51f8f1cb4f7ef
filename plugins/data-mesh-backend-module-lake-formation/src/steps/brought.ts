import {
  sentence,
  type PlanStep,
  type RevocationEffect,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';
import { UndoContext } from './StepKind';

/*
 * Things that are there or not, like a filter or a link, and that several
 * entitlements use together: who goes last takes them away, if one of them has
 * brought them.
 */

/** Other steps for the very same thing. */
const same = (step: PlanStep, others: LiveStep[]) =>
  others.filter(other => other.step.id === step.id);

/** Makes the thing, where it is not there. */
export const planMaking = (
  { words, call }: PlanStep,
  { state }: StepObservation,
): RevocationEffect[] => (state === 'present' ? [] : [{ words, call }]);

/** Whether the thing was there before any of the steps. */
export function foundBaseline(
  step: PlanStep,
  { state }: StepObservation,
  others: LiveStep[],
): JsonObject {
  const isOurs = same(step, others).some(
    ({ baseline }) => baseline.existed === false,
  );
  return { existed: state !== 'absent' && !isOurs };
}

/** Takes the thing away where nobody else needs it and one of us has made it. */
export function planTakingAway(
  step: PlanStep,
  { observation, baseline, others }: UndoContext,
  words: Sentence,
): UndoPlan {
  // What has taken its resource under the same name is not ours.
  if (observation.state !== 'present') return { removes: [], keeps: [] };
  const because =
    (baseline.existed === true && sentence('plan.keeps.before')) ||
    (same(step, others).length > 0 && sentence('plan.keeps.needed'));
  return because
    ? { removes: [], keeps: [{ words, because }] }
    : { removes: [{ words, call: step.undo?.call }], keeps: [] };
}
