import type { Knex } from 'knex';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  readInParts,
  rowsInParts,
  type LargeRows,
  type Narrow,
} from '../inParts';
import { lockKeysOf, shareKeysOf } from './StepRow';
import {
  reappliedStep,
  retriedStep,
  skippedStep,
  turnedStep,
} from './stepTurns';
import type { StepRow } from '../tables';

const TABLE = 'entitlement_steps';

/** To read steps by, which may name thousands of columns each. */
export const largeSteps: LargeRows<StepRow> = {
  table: TABLE,
  key: 'id',
  large: ['step', 'baseline'],
};

const asRead = (row: StepRow): StepRow => row;

const ROWS_PER_STATEMENT = 100;

/** States of a step that holds nothing in the system, and never will again. */
const nothingHeld: StepRow['state'][] = ['undone', 'skipped'];

/** Whether a step holds something in the system, or may. */
export function holdsSomething({ state }: Pick<StepRow, 'state'>): boolean {
  return !nothingHeld.includes(state);
}

/**
 * Narrows to steps that hold something in the system, or may.
 *
 * @param column - `state` as the query names it
 */
export function whereHoldsSomething(
  query: Knex.QueryBuilder,
  column = 'state',
): void {
  query.whereNotIn(column, nothingHeld);
}

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

/** Steps of an entitlement, in the order of their plan. */
export async function stepsOf(
  db: Knex,
  entitlementId: string,
): Promise<StepRow[]> {
  const ofIt: Narrow = query =>
    query.where({ entitlement_id: entitlementId }).orderBy('position');
  return readInParts(db, largeSteps, ofIt, asRead);
}

/** The steps that make an entitlement, without those that a change takes away. */
export async function stayingSteps(
  db: Knex,
  entitlementId: string,
): Promise<StepRow[]> {
  const staying: Narrow = query =>
    query
      .where({ entitlement_id: entitlementId, leaving: false })
      .orderBy('position');
  return readInParts(db, largeSteps, staying, asRead);
}

/** Steps of some entitlements that were begun and hold something. */
export async function begunSteps(
  db: Knex,
  entitlementIds: readonly string[],
): Promise<StepRow[]> {
  const begun: Narrow = query =>
    query
      .whereIn('entitlement_id', [...entitlementIds])
      .whereNotNull('baseline')
      .modify(steps => whereHoldsSomething(steps))
      .orderBy('id');
  return readInParts(db, largeSteps, begun, asRead);
}

/** What some steps do, and what was there before them, one after the other. */
export async function* stepsById(
  db: Knex,
  ids: readonly string[],
): AsyncGenerator<Pick<StepRow, 'id' | 'step' | 'baseline'>> {
  for (let start = 0; start < ids.length; start += ROWS_PER_STATEMENT) {
    const part = ids.slice(start, start + ROWS_PER_STATEMENT);
    yield* rowsInParts(db, largeSteps, query => query.whereIn('id', part));
  }
}

/** All steps that hold something, with the type of the port they serve. */
export async function* heldSteps(
  db: Knex,
): AsyncGenerator<Pick<StepRow, 'step'> & { port_type: string }> {
  const held: Array<Pick<StepRow, 'id'> & { port_type: string }> = await db(
    `${TABLE} as s`,
  )
    .join('entitlements as e', 'e.id', 's.entitlement_id')
    .modify(query => whereHoldsSomething(query, 's.state'))
    .select('s.id', 'e.port_type');
  yield* typedSteps(db, held);
}

/** What some steps do, each with the type of the port it serves. */
export async function* typedSteps(
  db: Knex,
  found: ReadonlyArray<Pick<StepRow, 'id'> & { port_type: string }>,
): AsyncGenerator<Pick<StepRow, 'id' | 'step'> & { port_type: string }> {
  const typeOf = new Map(found.map(row => [row.id, row.port_type]));
  for await (const { id, step } of stepsById(db, [...typeOf.keys()])) {
    const portType = typeOf.get(id);
    if (portType !== undefined) yield { id, step, port_type: portType };
  }
}

/**
 * Whether an entitlement has a step outside of some states.
 *
 * @param which - only the steps that stay, or that leave, by a change
 */
export async function hasStepsOutside(
  db: Knex,
  entitlementId: string,
  states: readonly StepRow['state'][],
  which: { leaving?: boolean } = {},
): Promise<boolean> {
  const step = await db<StepRow>(TABLE)
    .where({ entitlement_id: entitlementId, ...which })
    .whereNotIn('state', [...states])
    .first('id');
  return step !== undefined;
}

/** Whether an entitlement holds something in the system, or may. */
export async function hasHeldSteps(
  db: Knex,
  entitlementId: string,
  which: { leaving?: boolean } = {},
): Promise<boolean> {
  return hasStepsOutside(db, entitlementId, nothingHeld, which);
}

/** Writes steps that are not there yet. */
export async function insertSteps(
  tx: Knex.Transaction,
  rows: readonly StepRow[],
): Promise<void> {
  await insertAll(tx, TABLE, rows);
}

/** Changes one step, whatever its state. */
export async function updateStep(
  tx: Knex.Transaction,
  id: string,
  changes: Partial<StepRow>,
): Promise<void> {
  await tx<StepRow>(TABLE).where({ id }).update(changes);
}

/**
 * Turns the steps of an entitlement around: what was begun is undone, what was
 * not is skipped. Those being worked on now turn when that ends.
 */
export async function turnSteps(
  tx: Knex.Transaction,
  entitlementId: string,
  now: Date,
): Promise<void> {
  const idle = () =>
    tx<StepRow>(TABLE)
      .where({ entitlement_id: entitlementId, direction: 'apply' })
      .whereNot({ state: 'running' });
  await idle().whereNull('baseline').update(skippedStep(now));
  await idle().whereNotNull('baseline').update(turnedStep());
  await tx<StepRow>(TABLE)
    .where({
      entitlement_id: entitlementId,
      direction: 'undo',
      state: 'failed',
    })
    .update(turnedStep());
}

/** Turns the steps around that a change takes away. */
export async function turnLeavingSteps(
  tx: Knex.Transaction,
  entitlementId: string,
  now: Date,
): Promise<void> {
  const leaving = (direction: StepRow['direction']) =>
    tx<StepRow>(TABLE).where({
      entitlement_id: entitlementId,
      leaving: true,
      direction,
    });
  await leaving('apply')
    .whereNull('baseline')
    .whereNot({ state: 'skipped' })
    .update(skippedStep(now));
  await leaving('apply').whereNotNull('baseline').update(turnedStep());
  // Left by a change before this one that could not take them away.
  await leaving('undo')
    .whereIn('state', ['failed', 'waiting'])
    .update(turnedStep());
}

/** Lets steps that failed or wait be tried again as if for the first time. */
export async function retrySteps(
  tx: Knex.Transaction,
  entitlementId: string,
): Promise<void> {
  await tx<StepRow>(TABLE)
    .where({ entitlement_id: entitlementId })
    .whereIn('state', ['failed', 'waiting'])
    .update(retriedStep());
}

/** Has the steps that make an entitlement looked at again. */
export async function reapplySteps(
  tx: Knex.Transaction,
  entitlementId: string,
): Promise<void> {
  await tx<StepRow>(TABLE)
    .where({
      entitlement_id: entitlementId,
      leaving: false,
      direction: 'apply',
    })
    .whereNot({ state: 'running' })
    .update(reappliedStep());
}

/** Makes all steps that an entitlement ever had leave. */
export async function leaveSteps(
  tx: Knex.Transaction,
  entitlementId: string,
): Promise<void> {
  await tx<StepRow>(TABLE)
    .where({ entitlement_id: entitlementId })
    .update({ leaving: true });
}

const gone = (now: Date): Partial<StepRow> => ({
  state: 'undone',
  outcome: 'closed as residue, then seen to be gone',
  finished_at: now.toISOString(),
});

/** Notes that a look found nothing of the residue of an entitlement. */
export async function markResidueGone(
  tx: Knex.Transaction,
  entitlementId: string,
  now: Date,
): Promise<void> {
  await tx<StepRow>(TABLE)
    .where({ entitlement_id: entitlementId })
    .modify(query => whereHoldsSomething(query))
    .update({
      ...gone(now),
      lease_owner: null,
      lease_until: null,
      next_attempt_at: null,
    });
}

/** Notes that a look found nothing of one step that is not worked on. */
export async function markStepGone(
  db: Knex,
  id: string,
  now: Date,
): Promise<void> {
  await db<StepRow>(TABLE)
    .where({ id })
    .whereNot({ state: 'running' })
    .modify(query => whereHoldsSomething(query))
    .update(gone(now));
}

/** Changes a step whose lease is held, as its token proves. */
export async function updateLeasedStep(
  tx: Knex.Transaction,
  lease: { id: string; token: string },
  changes: Partial<StepRow>,
): Promise<boolean> {
  const written = await tx<StepRow>(TABLE)
    .where({ id: lease.id, lease_owner: lease.token, state: 'running' })
    .update(changes);
  return written === 1;
}

/** Reads a step anew. */
export async function findStep(
  db: Knex,
  id: string,
): Promise<StepRow | undefined> {
  return db<StepRow>(TABLE).where({ id }).first();
}

/** Notes that a call to apply the step ended without an answer. */
export async function storeUnknownEnd(
  db: Knex,
  id: string,
  now: Date,
): Promise<void> {
  await db<StepRow>(TABLE)
    .where({ id })
    .update({ apply_unknown_at: now.toISOString() });
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
      shareKeysOf(step).map(key => ({
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

async function insertAll(
  tx: Knex.Transaction,
  table: string,
  rows: readonly object[],
): Promise<void> {
  await tx.batchInsert(table, [...rows], ROWS_PER_STATEMENT).transacting(tx);
}
