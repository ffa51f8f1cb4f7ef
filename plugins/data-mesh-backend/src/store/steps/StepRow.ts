import { createHash } from 'node:crypto';
import type {
  PlanStep,
  ProvisioningStep,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { JsonObject } from '@backstage/types';
import { storedStep } from '../storedSentences';
import type { StepRow } from '../tables';

/** The planned effect. */
export function planStepOf(row: Pick<StepRow, 'step'>): PlanStep {
  return storedStep(JSON.parse(row.step));
}

/** What was there before us, where it is known already. */
export function baselineOf(
  row: Pick<StepRow, 'baseline'>,
): JsonObject | undefined {
  return row.baseline === null
    ? undefined
    : (JSON.parse(row.baseline) as JsonObject);
}

/** PostgreSQL takes no more than 2,704 bytes into one entry of an index. */
const LONGEST_KEY_BYTES = 2000;

/** The key, or what stands for one that no index takes. */
function indexable(key: string): string {
  return Buffer.byteLength(key) > LONGEST_KEY_BYTES
    ? `sha256:${createHash('sha256').update(key).digest('hex')}`
    : key;
}

/** What a step shares with others, as it is stored. */
export function shareKeysOf({ shares = [] }: PlanStep): string[] {
  return [...new Set(shares.map(indexable))];
}

/**
 * What a step holds while it is worked on: its locks, and what it shares,
 * since what others share with it is counted under the same lock.
 */
export function lockKeysOf(step: PlanStep): string[] {
  const locks = (step.locks ?? []).map(indexable);
  // Sorted, so that two workers never wait for each other in a circle.
  return [...new Set([...locks, ...shareKeysOf(step)])].sort();
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
