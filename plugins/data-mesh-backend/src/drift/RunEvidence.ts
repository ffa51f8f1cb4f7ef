import type { Knex } from 'knex';
import { unseenSince } from '../store/steps/stepFindings';

/**
 * Since when this process has worked on this very database. A database that was
 * restored from a backup knows nothing of what was revoked since the backup:
 * the process that started on it after that takes nothing for seen that was
 * seen before. Where the database is exchanged under a running process, its
 * audit trail is shorter than it was.
 */
export class RunEvidence {
  readonly #knex: Knex;
  readonly #clock: () => Date;
  #since: string;
  #sequence = 0;

  constructor(options: { knex: Knex; clock: () => Date }) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#since = options.clock().toISOString();
  }

  /** Looks at the database, and says since when it is the same. */
  async since(): Promise<string> {
    const head = await this.#knex('audit_head').where({ id: 1 }).first();
    const sequence = Number(head?.sequence ?? 0);
    if (sequence < this.#sequence) this.#since = this.#clock().toISOString();
    this.#sequence = sequence;
    return this.#since;
  }

  /**
   * Of some entitlements, those with something missing that was not seen in
   * the system while this process has run: neither by the worker that applied
   * it nor by a scan.
   */
  async unseen(entitlementIds: readonly string[]): Promise<Set<string>> {
    return unseenSince(this.#knex, entitlementIds, await this.since());
  }
}
