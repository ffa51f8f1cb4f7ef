import type { Knex } from 'knex';
import { lockKeysOf, planStepOf } from './StepRow';
import { whereHoldsSomething } from './steps';
import type { EntitlementRow, StepRow } from '../tables';

/** A lease on a step, until it ends. */
export interface StepLease {
  /** Proof of the lease; new for each claim. */
  token: string;
  until: string;
  now: string;
}

/**
 * Steps that could be claimed now: first the first ready step of each
 * entitlement, the one that waited longest in front; then the second ones.
 */
export async function readySteps(
  knex: Knex,
  { now, limit }: { now: string; limit: number },
): Promise<Array<{ id: string; entitlement_id: string }>> {
  const ready = knex('entitlement_steps as s')
    .join('entitlements as e', 'e.id', 's.entitlement_id')
    .where(whereWorkedOn)
    .where(query => whereDue(query, now))
    .where(query =>
      query
        .where(applying => whereApplicable(knex, applying))
        .orWhere(undoing => whereUndoable(knex, undoing)),
    )
    .whereNotExists(
      knex('step_locks as l')
        .join('resource_locks as r', 'r.key', 'l.lock_key')
        .whereRaw('l.step_id = s.id')
        .where('r.lease_until', '>', now)
        .select(knex.raw('1')),
    )
    .select('s.id', 's.entitlement_id', 'e.served', 'e.created_at')
    .select(
      knex.raw(
        `row_number() over (partition by s.entitlement_id order by ` +
          `case when s.direction = 'undo' then -s.position else s.position end) as turn`,
      ),
    );
  return knex
    .from(ready.as('ready'))
    .orderBy(['turn', 'served', 'created_at', 'entitlement_id'])
    .limit(limit)
    .select('id', 'entitlement_id');
}

/** Narrows to entitlements, joined as `e`, that workers have to do with. */
export function whereWorkedOn(query: Knex.QueryBuilder): void {
  query
    .whereIn('e.state', ['provisioning', 'revoking'])
    .orWhere(changing =>
      changing
        .where('e.state', 'active')
        .whereIn('e.change_state', ['applying', 'removing']),
    );
}

function whereApplicable(knex: Knex, query: Knex.QueryBuilder): void {
  query
    .where('s.direction', 'apply')
    .andWhere((unmet: Knex.QueryBuilder) =>
      unmet
        .where('e.state', 'revoking')
        .orWhere(staying =>
          staying
            .where('s.leaving', false)
            .whereNotExists(
              knex('step_needs as n')
                .join('entitlement_steps as p', 'p.id', 'n.needs_id')
                .whereRaw('n.step_id = s.id')
                .whereNot('p.state', 'done')
                .select(knex.raw('1')),
            ),
        ),
    );
}

function whereUndoable(knex: Knex, query: Knex.QueryBuilder): void {
  query
    .where('s.direction', 'undo')
    // What leaves by a change waits until what is new is in force.
    .andWhere((turn: Knex.QueryBuilder) =>
      turn.where('e.state', 'revoking').orWhere('e.change_state', 'removing'),
    )
    .whereNotExists(
      knex('step_needs as n')
        .join('entitlement_steps as d', 'd.id', 'n.step_id')
        .whereRaw('n.needs_id = s.id')
        .modify(needed => whereHoldsSomething(needed, 'd.state'))
        .select(knex.raw('1')),
    );
}

/** Steps to begin, to try again, or left behind by a worker that died. */
function whereDue(query: Knex.QueryBuilder, now: string): void {
  query
    .where('s.state', 'pending')
    .orWhere(waiting =>
      waiting
        .where('s.state', 'waiting')
        .andWhere(due =>
          due
            .whereNull('s.next_attempt_at')
            .orWhere('s.next_attempt_at', '<=', now),
        ),
    )
    .orWhere(lapsed =>
      lapsed.where('s.state', 'running').andWhere('s.lease_until', '<=', now),
    );
}

/**
 * Reads a step that is still due and its entitlement, and keeps others from
 * them until the transaction ends.
 *
 * @returns undefined where the step is not due any more, or another worker
 *   holds one of the two
 */
export async function lockDueStep(
  tx: Knex.Transaction,
  candidate: { id: string; entitlement_id: string },
  now: string,
): Promise<{ entitlement: EntitlementRow; step: StepRow } | undefined> {
  const entitlement = await lockIfFree<EntitlementRow>(
    tx,
    tx('entitlements').where({ id: candidate.entitlement_id }),
  );
  if (!entitlement) return undefined;
  const step = await lockIfFree<StepRow>(
    tx,
    tx('entitlement_steps as s')
      .where('s.id', candidate.id)
      .where((query: Knex.QueryBuilder) => whereDue(query, now)),
  );
  return step && { entitlement, step };
}

/** SQLite has one writer at a time, and no locks of rows. */
async function lockIfFree<T>(
  tx: Knex.Transaction,
  query: Knex.QueryBuilder,
): Promise<T | undefined> {
  const isPostgres = tx.client.config.client === 'pg';
  return (isPostgres ? query.forUpdate().skipLocked() : query).first();
}

/** Changes a step if nobody has changed it since it was read. */
export async function updateSeenStep(
  tx: Knex.Transaction,
  step: StepRow,
  changes: Partial<StepRow>,
): Promise<boolean> {
  const query = tx<StepRow>('entitlement_steps').where({
    id: step.id,
    state: step.state,
    direction: step.direction,
    attempts: step.attempts,
  });
  if (step.lease_owner === null) query.whereNull('lease_owner');
  else query.where({ lease_owner: step.lease_owner });
  return (await query.update(changes)) === 1;
}

/**
 * Takes what a step locks and shares, where nobody holds any of it.
 *
 * @returns false where somebody does: the transaction is to be given up then
 */
export async function takeLocks(
  tx: Knex.Transaction,
  step: StepRow,
  { token, until, now }: StepLease,
): Promise<boolean> {
  const keys = lockKeysOf(planStepOf(step));
  if (keys.length === 0) return true;
  await tx('resource_locks')
    .insert(keys.map(key => ({ key, owner: token, lease_until: until })))
    .onConflict('key')
    .merge(['owner', 'lease_until'])
    .where('resource_locks.lease_until', '<=', now);
  const held = await tx('resource_locks')
    .where({ owner: token })
    .count({ count: '*' });
  return Number(held[0].count) === keys.length;
}

/** Puts the entitlement behind all others that wait for their turn. */
export async function noteServed(
  tx: Knex.Transaction,
  entitlementId: string,
): Promise<void> {
  await tx('entitlements')
    .where({ id: entitlementId })
    .update({ served: tx('entitlements').select(tx.raw('max(served) + 1')) });
}

/**
 * Extends a lease, with all that it locks.
 *
 * @returns false where the lease has gone to another worker
 */
export async function extendLease(
  tx: Knex.Transaction,
  lease: { id: string; token: string },
  until: string,
): Promise<boolean> {
  const held = await tx<StepRow>('entitlement_steps')
    .where({ id: lease.id, lease_owner: lease.token })
    .update({ lease_until: until });
  if (held === 0) return false;
  await holdInOrder(tx, lease.token);
  await tx('resource_locks')
    .where({ owner: lease.token })
    .update({ lease_until: until });
  return true;
}

/** Gives back what a claim has locked. */
export async function releaseLocks(
  tx: Knex.Transaction,
  token: string | null,
): Promise<void> {
  if (token !== null) {
    await holdInOrder(tx, token);
    await tx('resource_locks').where({ owner: token }).delete();
  }
}

/**
 * Locks the rows by their keys, as another worker that claims does: two that
 * take them in different order would wait for each other.
 */
async function holdInOrder(tx: Knex.Transaction, token: string): Promise<void> {
  await tx('resource_locks')
    .where({ owner: token })
    .orderBy('key')
    .forUpdate()
    .select('key');
}
