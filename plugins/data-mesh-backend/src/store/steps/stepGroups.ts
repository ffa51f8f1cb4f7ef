import type { Knex } from 'knex';
import { liveEntitlementStates } from '@lakemesh/backstage-plugin-data-mesh-common';
import { typedSteps, whereHoldsSomething } from './steps';
import type { StepGroupRow, StepRow } from '../tables';

const AT_ONCE = 200;

/** Stands for a step that shows in no grant. */
export const NOWHERE = '';

/** A step with what tells which grants it shows in. */
export type IndexedStep = Pick<StepRow, 'id' | 'step'> & { port_type: string };

/** A step with one of the groups of grants that it shows in. */
export type StepInGroup = Pick<StepRow, 'id' | 'entitlement_id'> &
  Pick<StepGroupRow, 'group_key'>;

/** A step that may stand behind the grants of a group. */
export type StepBehindGroup = Pick<StepRow, 'id' | 'state' | 'entitlement_id'> &
  Pick<StepGroupRow, 'group_key'> & {
    product_ref: string;
    expires_at: string | null;
    entitlement_state: string;
  };

/** Steps of live entitlements whose groups are not known yet, some at a time. */
export async function* stepsWithoutGroups(
  db: Knex,
  which: {
    portTypes: readonly string[];
    entitlementId?: string;
    productRef?: string;
  },
): AsyncGenerator<IndexedStep[]> {
  for (;;) {
    const found: FoundStep[] = await db('entitlement_steps as s')
      .join('entitlements as e', 'e.id', 's.entitlement_id')
      .leftJoin('step_groups as g', 'g.step_id', 's.id')
      .whereNull('g.step_id')
      .whereIn('e.state', [...liveEntitlementStates])
      .whereIn('e.port_type', [...which.portTypes])
      .modify(query => {
        if (which.entitlementId) query.where('e.id', which.entitlementId);
        if (which.productRef) query.where('e.product_ref', which.productRef);
      })
      .orderBy('s.id')
      .limit(AT_ONCE)
      .select('s.id', 'e.port_type');
    yield await readSteps(db, found);
    if (found.length < AT_ONCE) return;
  }
}

type FoundStep = Omit<IndexedStep, 'step'>;

/** What the steps do, which may name thousands of columns each. */
async function readSteps(
  db: Knex,
  found: readonly FoundStep[],
): Promise<IndexedStep[]> {
  const steps: IndexedStep[] = [];
  for await (const step of typedSteps(db, found)) steps.push(step);
  return steps;
}

/** All steps that scanners can tell of, with the groups known of each. */
export async function* stepsWithGroups(
  db: Knex,
  which: { portTypes: readonly string[]; entitlementId?: string },
): AsyncGenerator<Array<{ step: IndexedStep; groups: StepGroupRow[] }>> {
  let after = '';
  for (;;) {
    const found: FoundStep[] = await db('entitlement_steps as s')
      .join('entitlements as e', 'e.id', 's.entitlement_id')
      .whereIn('e.port_type', [...which.portTypes])
      .where('s.id', '>', after)
      .modify(query => {
        if (which.entitlementId) query.where('e.id', which.entitlementId);
      })
      .orderBy('s.id')
      .limit(AT_ONCE)
      .select('s.id', 'e.port_type');
    if (found.length === 0) return;
    after = found[found.length - 1].id;
    const stored: StepGroupRow[] = await db<StepGroupRow>(
      'step_groups',
    ).whereIn(
      'step_id',
      found.map(step => step.id),
    );
    const groupsOf = new Map<string, StepGroupRow[]>();
    for (const row of stored) {
      const groups = groupsOf.get(row.step_id);
      if (groups) groups.push(row);
      else groupsOf.set(row.step_id, [row]);
    }
    yield (await readSteps(db, found)).map(step => ({
      step,
      groups: groupsOf.get(step.id) ?? [],
    }));
  }
}

/** Adds groups of steps; those that are there already stay. */
export async function insertGroups(
  db: Knex,
  rows: readonly StepGroupRow[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    await db<StepGroupRow>('step_groups')
      .insert(rows.slice(start, start + AT_ONCE))
      .onConflict(['step_id', 'group_key'])
      .ignore();
  }
}

/** Puts other groups of a step in the place of those known. */
export async function replaceGroups(
  db: Knex,
  stepId: string,
  rows: readonly StepGroupRow[],
): Promise<void> {
  await db('step_groups').where({ step_id: stepId }).delete();
  await insertGroups(db, rows);
}

/** Groups of a target in which an entitlement shows. */
export async function groupsOfEntitlement(
  db: Knex,
  entitlementId: string,
): Promise<Array<Pick<StepGroupRow, 'target_id' | 'group_key'>>> {
  return db('step_groups as g')
    .join('entitlement_steps as s', 's.id', 'g.step_id')
    .where('s.entitlement_id', entitlementId)
    .whereNot('g.group_key', NOWHERE)
    .distinct('g.target_id', 'g.group_key');
}

/**
 * Steps that may stand behind the grants of some groups: those in force, those
 * taken back since, whose grant was seen before, and those that could not be
 * taken back. Without what they do, which is large and the same for all groups.
 *
 * @param since - when what is to be explained was looked at
 */
export async function stepsBehindGroups(
  db: Knex,
  targetId: string,
  groups: readonly string[],
  since: string,
): Promise<StepBehindGroup[]> {
  const found: StepBehindGroup[] = [];
  for (let start = 0; start < groups.length; start += AT_ONCE) {
    const rows: StepBehindGroup[] = await db('step_groups as g')
      .join('entitlement_steps as s', 's.id', 'g.step_id')
      .join('entitlements as e', 'e.id', 's.entitlement_id')
      .where('g.target_id', targetId)
      .whereIn('g.group_key', groups.slice(start, start + AT_ONCE))
      .whereNotNull('s.baseline')
      .where((query: Knex.QueryBuilder) =>
        query
          .where(held => whereHoldsSomething(held, 's.state'))
          .orWhere('s.finished_at', '>=', since),
      )
      .orderBy('s.id')
      .select(
        'g.group_key',
        's.id',
        's.state',
        's.entitlement_id',
        'e.product_ref',
        'e.expires_at',
        'e.state as entitlement_state',
      );
    for (const row of rows) found.push(row);
  }
  return found;
}

/** Ids of the entitlements with steps in a target, to select from. */
export function entitlementsIn(db: Knex, targetId: string): Knex.QueryBuilder {
  return db('step_groups as g')
    .join('entitlement_steps as s', 's.id', 'g.step_id')
    .where('g.target_id', targetId)
    .select('s.entitlement_id');
}

/** Number of active entitlements with steps in a target. */
export async function countActiveIn(
  db: Knex,
  targetId: string,
): Promise<number> {
  const [{ count }] = await db('entitlements')
    .where({ state: 'active' })
    .whereIn('id', entitlementsIn(db, targetId))
    .count({ count: '*' });
  return Number(count);
}

/** A live entitlement that a worker puts into a group at this moment. */
export async function findBusyIn(
  db: Knex,
  { target_id: targetId, group_key: group }: Omit<StepGroupRow, 'step_id'>,
): Promise<string | undefined> {
  const busy: { id: string } | undefined = await db('step_groups as g')
    .join('entitlement_steps as s', 's.id', 'g.step_id')
    .join('entitlements as e', 'e.id', 's.entitlement_id')
    .where('g.target_id', targetId)
    .where('g.group_key', group)
    .whereIn('e.state', [...liveEntitlementStates])
    .whereIn('s.state', ['pending', 'running', 'waiting'])
    .first('e.id');
  return busy?.id;
}

/**
 * Steps of some entitlements that were applied to a target.
 *
 * @param before - only those that were by then
 */
export async function appliedStepsIn(
  db: Knex,
  targetId: string,
  entitlementIds: readonly string[],
  before?: string,
): Promise<StepInGroup[]> {
  return stepsIn(db, targetId)
    .whereIn('s.entitlement_id', [...entitlementIds])
    .where({ 's.direction': 'apply', 's.state': 'done' })
    .modify(query => {
      if (before !== undefined) query.where('s.finished_at', '<', before);
    });
}

/** Steps in a target that ended entitlements still hold. */
export async function residueStepsIn(
  db: Knex,
  targetId: string,
  { endedBefore, limit }: { endedBefore: string; limit: number },
): Promise<StepInGroup[]> {
  return stepsIn(db, targetId)
    .join('entitlements as e', 'e.id', 's.entitlement_id')
    .whereIn('e.state', ['revoked', 'expired'])
    .where('e.updated_at', '<', endedBefore)
    .whereNotNull('s.baseline')
    .modify(query => whereHoldsSomething(query, 's.state'))
    .limit(limit);
}

function stepsIn(db: Knex, targetId: string): Knex.QueryBuilder {
  return db('entitlement_steps as s')
    .join('step_groups as g', 'g.step_id', 's.id')
    .where('g.target_id', targetId)
    .orderBy('s.id')
    .select('s.id', 's.entitlement_id', 'g.group_key');
}
