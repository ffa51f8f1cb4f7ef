import type {
  PlanStep,
  RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LiveStep,
  StepObservation,
  UndoPlan,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { JsonObject } from '@backstage/types';

/** What ending a step is decided on. */
export interface UndoContext {
  observation: StepObservation;
  baseline: JsonObject;
  others: LiveStep[];
}

/** How steps of one kind are looked at, carried out and taken back. */
export interface StepKind {
  observe(step: PlanStep, signal?: AbortSignal): Promise<StepObservation>;
  /** Pure. */
  baseline(
    step: PlanStep,
    observation: StepObservation,
    others: LiveStep[],
  ): JsonObject;
  /** What applying would do, call by call. Pure. */
  planApply(step: PlanStep, observation: StepObservation): RevocationEffect[];
  apply(
    step: PlanStep,
    observation: StepObservation,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Pure. */
  planUndo(step: PlanStep, context: UndoContext): UndoPlan;
  undo(
    step: PlanStep,
    context: UndoContext & { signal?: AbortSignal },
  ): Promise<void>;
}
