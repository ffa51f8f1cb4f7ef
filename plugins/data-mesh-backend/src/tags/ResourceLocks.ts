import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';

const LEASE_MS = 60_000;

/** Raised to give a transaction up without a trace. */
class TakenError extends Error {}

/**
 * Locks that all replicas see, the same that steps of entitlements hold while
 * they are worked on. Whoever dies with one loses it when its lease ends.
 */
export class ResourceLocks {
  readonly #knex: Knex;
  readonly #clock: () => Date;
  readonly #leaseMs: number;

  constructor(options: { knex: Knex; clock: () => Date; leaseMs?: number }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
  }

  /**
   * Takes all of the keys or none.
   *
   * @returns what proves it, or undefined where somebody else has one of them
   */
  async take(keys: readonly string[]): Promise<string | undefined> {
    const token = randomUUID();
    const now = this.#clock().toISOString();
    // In one order, so that two never wait for each other in a circle.
    const wanted = [...new Set(keys)].sort();
    if (wanted.length === 0) return token;
    try {
      await this.#knex.transaction(async tx => {
        await tx('resource_locks')
          .insert(
            wanted.map(key => ({
              key,
              owner: token,
              lease_until: this.#leaseEnd(),
            })),
          )
          .onConflict('key')
          .merge(['owner', 'lease_until'])
          .where('resource_locks.lease_until', '<=', now);
        const [held] = await tx('resource_locks')
          .where({ owner: token })
          .count({ count: '*' });
        if (Number(held.count) !== wanted.length) throw new TakenError();
      });
      return token;
    } catch (error) {
      if (error instanceof TakenError) return undefined;
      throw error;
    }
  }

  /** @returns false where the lease has ended and somebody else may have it */
  async extend(token: string): Promise<boolean> {
    const extended = await this.#knex('resource_locks')
      .where({ owner: token })
      .update({ lease_until: this.#leaseEnd() });
    return extended > 0;
  }

  async release(token: string): Promise<void> {
    await this.#knex('resource_locks').where({ owner: token }).delete();
  }

  #leaseEnd(): string {
    return new Date(this.#clock().getTime() + this.#leaseMs).toISOString();
  }
}
