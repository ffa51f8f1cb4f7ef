import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  AuditCheck,
  AuditVerification,
  CheckpointKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { readHead, verifyTrail } from './verifyTrail';

const TABLE = 'audit_checks';
/** A check that has not told of itself for so long has ended with its process. */
const LOST_MS = 60_000;

interface CheckRow {
  id: number;
  token: string;
  state: 'running' | 'whole' | 'broken' | 'failed';
  started_by: string;
  started_at: string;
  beat_at: string;
  finished_at: string | null;
  checked: number;
  total: number;
  result: string | null;
}

/**
 * Checks the trail in the background, one check at a time of all replicas, and
 * tells how far it is.
 */
export class TrailChecks {
  readonly #knex: Knex;
  readonly #keys: readonly CheckpointKey[];
  readonly #clock: () => Date;
  readonly #logger: LoggerService;
  #running: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: {
    knex: Knex;
    keys: readonly CheckpointKey[];
    clock: () => Date;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** The check that began last; undefined where there was none. */
  async last(): Promise<AuditCheck | undefined> {
    const row = await this.#row();
    return row && this.#toCheck(row);
  }

  /**
   * Begins a check, where none is under way.
   *
   * @returns it, or the one that is under way
   */
  async start(actorRef: string): Promise<AuditCheck> {
    const before = await this.#row();
    if (before && this.#isUnderWay(before)) return this.#toCheck(before);
    const { sequence: total } = await readHead(this.#knex);
    const now = this.#clock().toISOString();
    const row: CheckRow = {
      id: 1,
      token: randomUUID(),
      state: 'running',
      started_by: actorRef,
      started_at: now,
      beat_at: now,
      finished_at: null,
      checked: 0,
      total,
      result: null,
    };
    const isFirst = await this.#claim(row, before);
    if (isFirst) {
      this.#running = this.#run(row).finally(() => {
        this.#running = undefined;
      });
    }
    return this.#toCheck((await this.#row()) ?? row);
  }

  /** Waits until the check that this process makes is through. */
  async idle(): Promise<void> {
    await this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** @returns whether nobody else was faster */
  async #claim(row: CheckRow, before: CheckRow | undefined): Promise<boolean> {
    if (!before) {
      await this.#knex(TABLE).insert(row).onConflict('id').ignore();
      return (await this.#row())?.token === row.token;
    }
    const claimed = await this.#knex(TABLE)
      .where({ id: 1, token: before.token })
      .update(row);
    return claimed === 1;
  }

  async #run({ token }: CheckRow): Promise<void> {
    const tell = (change: Partial<CheckRow>) =>
      this.#knex<CheckRow>(TABLE)
        .where({ id: 1, token })
        .update({ ...change, beat_at: this.#clock().toISOString() });
    try {
      const result = await verifyTrail(this.#knex, this.#keys, {
        onChecked: async checked => {
          if (this.#isStopped) throw new Error('The backend was stopped');
          await tell({ checked });
        },
      });
      await tell({
        state: result.whole ? 'whole' : 'broken',
        finished_at: this.#clock().toISOString(),
        checked: result.whole ? result.events : (result.brokenAt ?? 1) - 1,
        result: JSON.stringify(result),
      });
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.#logger.warn(`The audit trail could not be checked: ${words}`);
      await tell({
        state: 'failed',
        finished_at: this.#clock().toISOString(),
        result: JSON.stringify({ error: words }),
      }).catch(() => {});
    }
  }

  #row(): Promise<CheckRow | undefined> {
    return this.#knex<CheckRow>(TABLE).where({ id: 1 }).first();
  }

  #isUnderWay({ state, beat_at: beat }: CheckRow): boolean {
    return (
      state === 'running' &&
      this.#clock().getTime() - Date.parse(beat) < LOST_MS
    );
  }

  #toCheck(row: CheckRow): AuditCheck {
    const isLost = row.state === 'running' && !this.#isUnderWay(row);
    const result = row.result && (JSON.parse(row.result) as object);
    return {
      state: isLost ? 'failed' : row.state,
      startedAt: row.started_at,
      startedBy: row.started_by,
      ...(row.finished_at && { finishedAt: row.finished_at }),
      checked: row.checked,
      total: row.total,
      ...(isLost && { error: 'The process that made the check has ended' }),
      ...(result && 'error' in result && { error: String(result.error) }),
      ...(result &&
        !('error' in result) && { result: result as AuditVerification }),
    };
  }
}
