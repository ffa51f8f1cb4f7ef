import type { Knex } from 'knex';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { lockKeysOf } from './StepRow';
import type { StepRow } from './tables';

const ROWS_PER_STATEMENT = 100;

/** A step that was never begun. */
export function newStepRow(row: {
  id: string;
  entitlementId: string;
  position: number;
  step: PlanStep;
}): StepRow {
  return {
    id: row.id,
    entitlement_id: row.entitlementId,
    position: row.position,
    direction: 'apply',
    state: 'pending',
    step: JSON.stringify(row.step),
    baseline: null,
    outcome: null,
    attempts: 0,
    last_error: null,
    next_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    started_at: null,
    finished_at: null,
    apply_unknown_at: null,
    leaving: false,
  };
}

/** Writes steps that are not there yet. */
export async function insertSteps(
  tx: Knex.Transaction,
  rows: readonly StepRow[],
): Promise<void> {
  await insertAll(tx, 'entitlement_steps', rows);
}

/**
 * Writes what steps need, share and lock, in place of what stood there.
 *
 * @param rowIds - row of each step of the plan, by the id of the step
 */
export async function linkSteps(
  tx: Knex.Transaction,
  steps: readonly PlanStep[],
  rowIds: ReadonlyMap<string, string>,
): Promise<void> {
  const rowId = (stepId: string) => rowIds.get(stepId) ?? stepId;
  const linked = <T>(link: (step: PlanStep) => T[]): T[] => steps.flatMap(link);
  const ids = steps.map(step => rowId(step.id));
  for (let start = 0; start < ids.length; start += ROWS_PER_STATEMENT) {
    const part = ids.slice(start, start + ROWS_PER_STATEMENT);
    for (const table of ['step_needs', 'step_shares', 'step_locks']) {
      await tx(table).whereIn('step_id', part).delete();
    }
  }
  await insertAll(
    tx,
    'step_needs',
    linked(step =>
      [...new Set(step.needs)].map(need => ({
        step_id: rowId(step.id),
        needs_id: rowId(need),
      })),
    ),
  );
  await insertAll(
    tx,
    'step_shares',
    linked(step =>
      [...new Set(step.shares)].map(key => ({
        step_id: rowId(step.id),
        share_key: key,
      })),
    ),
  );
  await insertAll(
    tx,
    'step_locks',
    linked(step =>
      lockKeysOf(step).map(key => ({ step_id: rowId(step.id), lock_key: key })),
    ),
  );
}

async function insertAll<T extends {}>(
  tx: Knex.Transaction,
  table: string,
  rows: readonly T[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await tx(table).insert(rows.slice(start, start + ROWS_PER_STATEMENT));
  }
}
