import type { Knex } from 'knex';
import type { EntitlementRow } from '../store/tables';
import type {
  EntitlementChange,
  EntitlementLifecycle,
} from '../entitlements/EntitlementLifecycle';
import { lockKeysOf, planStepOf } from '../store/StepRow';
import type { StepRow } from '../store/tables';

/** A step that one worker, and no other, may work on until the lease ends. */
export interface Claim {
  /** Proof of the lease; new for each claim. */
  token: string;
  step: StepRow;
  entitlement: EntitlementRow;
}

/** Raised to give a transaction up without a trace. */
class GivenUp extends Error {}

/**
 * Hands out steps to workers of all replicas: those whose needs are met and
 * whose locks are free, the entitlements in turn, whatever their size.
 */
export class StepQueue {
  readonly #knex: Knex;
  readonly #lifecycle: EntitlementLifecycle;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #leaseMs: number;
  readonly #skipsLocked: boolean;

  constructor(options: {
    knex: Knex;
    lifecycle: EntitlementLifecycle;
    clock: () => Date;
    newId: () => string;
    leaseSeconds: number;
  }) {
    this.#knex = options.knex;
    this.#lifecycle = options.lifecycle;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#leaseMs = options.leaseSeconds * 1000;
    this.#skipsLocked = options.knex.client.config.client === 'pg';
  }

  /**
   * Claims up to so many steps.
   *
   * @returns the claims, and what changed on the way, because a worker had died
   * on a step that is not to be applied any more
   */
  async claim(
    limit: number,
  ): Promise<{ claims: Claim[]; turned: EntitlementChange[] }> {
    const claims: Claim[] = [];
    const turned: EntitlementChange[] = [];
    const seen = new Set<string>();
    while (claims.length < limit) {
      // Some of the candidates may exclude each other by their locks, or go to
      // another replica: a few more than are wanted, and another look.
      const candidates = (await this.#candidates(limit + seen.size + 4)).filter(
        one => !seen.has(one.id),
      );
      if (candidates.length === 0) break;
      for (const candidate of candidates) {
        if (claims.length >= limit) break;
        seen.add(candidate.id);
        const result = await this.#take(candidate);
        if (result?.type === 'claimed') claims.push(result.claim);
        if (result?.type === 'turned') turned.push(result);
      }
    }
    return { claims, turned };
  }

  /**
   * Extends the lease of a slow call.
   *
   * @returns false where the lease has gone to another worker
   */
  async extend(claim: Claim): Promise<boolean> {
    const leaseUntil = this.#leaseEnd();
    return this.#knex.transaction(async tx => {
      const held = await tx<StepRow>('entitlement_steps')
        .where({ id: claim.step.id, lease_owner: claim.token })
        .update({ lease_until: leaseUntil });
      if (held === 0) return false;
      await holdInOrder(tx, claim.token);
      await tx('resource_locks')
        .where({ owner: claim.token })
        .update({ lease_until: leaseUntil });
      return true;
    });
  }

  #leaseEnd(): string {
    return new Date(this.#clock().getTime() + this.#leaseMs).toISOString();
  }

  /**
   * Steps that could be claimed now: first the first ready step of each
   * entitlement, the one that waited longest in front; then the second ones.
   */
  async #candidates(
    limit: number,
  ): Promise<Array<{ id: string; entitlement_id: string }>> {
    const knex = this.#knex;
    const now = this.#clock().toISOString();
    const ready = knex('entitlement_steps as s')
      .join('entitlements as e', 'e.id', 's.entitlement_id')
      .where(query =>
        query
          .whereIn('e.state', ['provisioning', 'revoking'])
          .orWhere(changing =>
            changing
              .where('e.state', 'active')
              .whereIn('e.change_state', ['applying', 'removing']),
          ),
      )
      .where(query => whereDue(query, now))
      .where(query =>
        query
          .where(applying =>
            applying
              .where('s.direction', 'apply')
              .andWhere(unmet =>
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
              ),
          )
          .orWhere(undoing =>
            undoing
              .where('s.direction', 'undo')
              // What leaves by a change waits until what is new is in force.
              .andWhere(turn =>
                turn
                  .where('e.state', 'revoking')
                  .orWhere('e.change_state', 'removing'),
              )
              .whereNotExists(
                knex('step_needs as n')
                  .join('entitlement_steps as d', 'd.id', 'n.step_id')
                  .whereRaw('n.needs_id = s.id')
                  .whereNotIn('d.state', ['undone', 'skipped'])
                  .select(knex.raw('1')),
              ),
          ),
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

  async #take(candidate: {
    id: string;
    entitlement_id: string;
  }): Promise<
    | { type: 'claimed'; claim: Claim }
    | ({ type: 'turned' } & EntitlementChange)
    | undefined
  > {
    try {
      return await this.#knex.transaction(async tx => {
        const entitlement = await this.#lockIfFree<EntitlementRow>(
          tx('entitlements').where({ id: candidate.entitlement_id }),
        );
        const step = await this.#lockIfFree<StepRow>(
          tx('entitlement_steps as s')
            .where('s.id', candidate.id)
            .where((query: Knex.QueryBuilder) =>
              whereDue(query, this.#clock().toISOString()),
            ),
        );
        if (entitlement.state === 'revoking' && step.direction === 'apply') {
          await this.#write(tx, step, this.#lifecycle.turn(step));
          await releaseLocks(tx, step.lease_owner);
          return {
            type: 'turned' as const,
            before: entitlement,
            after: await this.#lifecycle.settle(tx, entitlement),
          };
        }
        if (!takesStep(entitlement, step)) throw new GivenUp();
        return {
          type: 'claimed' as const,
          claim: await this.#lease(tx, entitlement, step),
        };
      });
    } catch (error) {
      if (error instanceof GivenUp) return undefined;
      throw error;
    }
  }

  async #lease(
    tx: Knex.Transaction,
    entitlement: EntitlementRow,
    step: StepRow,
  ): Promise<Claim> {
    const token = this.#newId();
    const leaseUntil = this.#leaseEnd();
    const now = this.#clock().toISOString();
    const changes: Partial<StepRow> = {
      state: 'running',
      attempts: step.attempts + 1,
      lease_owner: token,
      lease_until: leaseUntil,
      next_attempt_at: null,
      started_at: step.started_at ?? now,
    };
    await this.#write(tx, step, changes);
    const keys = lockKeysOf(planStepOf(step));
    if (keys.length > 0) {
      await tx('resource_locks')
        .insert(
          keys.map(key => ({ key, owner: token, lease_until: leaseUntil })),
        )
        .onConflict('key')
        .merge(['owner', 'lease_until'])
        .where('resource_locks.lease_until', '<=', now);
      const held = await tx('resource_locks')
        .where({ owner: token })
        .count({ count: '*' });
      if (Number(held[0].count) !== keys.length) throw new GivenUp();
    }
    await tx('entitlements')
      .where({ id: entitlement.id })
      .update({
        served: tx('entitlements').select(tx.raw('max(served) + 1')),
      });
    return { token, step: { ...step, ...changes }, entitlement };
  }

  /** Changes a step if nobody has changed it since it was read. */
  async #write(
    tx: Knex.Transaction,
    step: StepRow,
    changes: Partial<StepRow>,
  ): Promise<void> {
    const query = tx<StepRow>('entitlement_steps').where({
      id: step.id,
      state: step.state,
      direction: step.direction,
      attempts: step.attempts,
    });
    if (step.lease_owner === null) query.whereNull('lease_owner');
    else query.where({ lease_owner: step.lease_owner });
    if ((await query.update(changes)) !== 1) throw new GivenUp();
  }

  async #lockIfFree<T>(query: Knex.QueryBuilder): Promise<T> {
    const locking = this.#skipsLocked ? query.forUpdate().skipLocked() : query;
    const row: T | undefined = await locking.first();
    if (row === undefined) throw new GivenUp();
    return row;
  }
}

/**
 * Whether the step is one that the entitlement, as it is now, is to be worked
 * on by: it may have changed since the candidates were looked for.
 */
function takesStep(
  { state, change_state }: EntitlementRow,
  { direction, leaving }: StepRow,
): boolean {
  switch (state) {
    case 'provisioning':
      return direction === 'apply' && !leaving;
    case 'revoking':
      return direction === 'undo';
    case 'active':
      return direction === 'apply'
        ? change_state === 'applying' && !leaving
        : change_state === 'removing';
    default:
      return false;
  }
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
