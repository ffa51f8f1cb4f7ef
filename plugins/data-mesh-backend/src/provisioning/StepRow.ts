import type {
  PlanStep,
  ProvisioningStep,
  StepError,
  StepState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';

/** Whether a step is on its way into the system or out of it. */
export type StepDirection = 'apply' | 'undo';

/** A row of the table `entitlement_steps`. */
export interface StepRow {
  id: string;
  entitlement_id: string;
  position: number;
  direction: StepDirection;
  state: StepState;
  step: string;
  baseline: string | null;
  outcome: string | null;
  attempts: number;
  last_error: string | null;
  next_attempt_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  started_at: string | null;
  finished_at: string | null;
  /** When a call to apply it ended without an answer. */
  apply_unknown_at: string | null;
  /** SQLite has no booleans. */
  leaving: boolean | number;
}

/** The planned effect. */
export function planStepOf(row: Pick<StepRow, 'step'>): PlanStep {
  return JSON.parse(row.step) as PlanStep;
}

/** What was there before us, where it is known already. */
export function baselineOf(
  row: Pick<StepRow, 'baseline'>,
): JsonObject | undefined {
  return row.baseline === null
    ? undefined
    : (JSON.parse(row.baseline) as JsonObject);
}

/**
 * What a step holds while it is worked on: its locks, and what it shares,
 * since what others share with it is counted under the same lock.
 */
export function lockKeysOf(step: PlanStep): string[] {
  // Sorted, so that two workers never wait for each other in a circle.
  return [...new Set([...(step.locks ?? []), ...(step.shares ?? [])])].sort();
}

/** As the API answers it. */
export function toProvisioningStep(row: StepRow): ProvisioningStep {
  return {
    id: row.id,
    position: row.position,
    direction: row.direction,
    state: row.state,
    attempts: row.attempts,
    step: planStepOf(row),
    startedAt: row.started_at ?? undefined,
    finishedAt: row.finished_at ?? undefined,
    nextAttemptAt: row.next_attempt_at ?? undefined,
    lastError: row.last_error
      ? (JSON.parse(row.last_error) as StepError)
      : undefined,
    outcome: row.outcome ?? undefined,
    leaving: row.leaving ? true : undefined,
  };
}
