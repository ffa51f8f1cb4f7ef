import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CHECKPOINT_ACTION,
  TrailChecker,
  checkpointMessage,
  readCheckpoint,
  type AuditCheckpoint,
  type TrailReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { SigningKey } from './auditConfig';
import { BROKEN_ACTION } from './auditorDestination';
import type { DatabaseAuditLog } from './DatabaseAuditLog';
import { sha256 } from './sha256';
import { checkTrail, readHead } from './verifyTrail';

/**
 * Takes checkpoints of the audit trail. Before it takes one, it checks what was
 * appended since the one before, so that none vouches for what was rewritten in
 * between.
 */
export class Checkpointer {
  readonly #knex: Knex;
  readonly #audit: DatabaseAuditLog;
  readonly #key: SigningKey | undefined;
  readonly #clock: () => Date;
  readonly #logger: LoggerService;
  readonly #outside: () => Promise<AuditCheckpoint | undefined>;
  #taken: AuditCheckpoint | undefined;

  constructor(options: {
    knex: Knex;
    audit: DatabaseAuditLog;
    key?: SigningKey;
    clock: () => Date;
    logger: LoggerService;
    /** The last checkpoint that is kept elsewhere, as far as it is in reach. */
    outside?: () => Promise<AuditCheckpoint | undefined>;
  }) {
    this.#knex = options.knex;
    this.#audit = options.audit;
    this.#key = options.key;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#outside = options.outside ?? (async () => undefined);
  }

  /**
   * Takes a checkpoint, where anything has happened since the last one.
   *
   * @returns undefined where nothing has, or the trail does not hold together;
   *   the trail then tells of that instead
   */
  async take(): Promise<AuditCheckpoint | undefined> {
    const { items } = await this.#audit.list({
      action: CHECKPOINT_ACTION,
      limit: 1,
    });
    const [event] = items;
    const last = event && readCheckpoint(event.after);
    const outside = [this.#taken, await this.#outside()].filter(
      checkpoint => checkpoint !== undefined,
    );
    const checker = new TrailChecker({
      sha256,
      keys: this.#key ? [this.#key] : [],
      outside,
      mayBeginLater: last !== undefined,
    });
    const { sequence: seen } = await readHead(this.#knex);
    // Most of it without holding others up.
    const start = (last?.sequence ?? 1) - 1;
    const reached = await checkTrail(this.#knex, checker, start, seen);
    return this.#knex.transaction(async tx => {
      const head = await this.#audit.lockHead(tx);
      await checkTrail(tx, checker, reached, head.sequence);
      const report = checker.finish(head);
      if (!report.whole) {
        await this.#tell(tx, report);
        return undefined;
      }
      const isNews = head.sequence > (event?.sequence ?? 0);
      if (!isNews) return undefined;
      return this.#append(tx, {
        ...head,
        count: (last ? last.count - 1 : 0) + report.events,
      });
    });
  }

  async #append(
    tx: Knex.Transaction,
    end: Pick<AuditCheckpoint, 'sequence' | 'hash' | 'count'>,
  ): Promise<AuditCheckpoint> {
    const key = this.#key;
    const said: AuditCheckpoint = {
      ...end,
      at: this.#clock().toISOString(),
      ...(key && { keyId: key.id }),
    };
    const checkpoint = {
      ...said,
      ...(key && { signature: key.sign(checkpointMessage(said)) }),
    };
    await this.#audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action: CHECKPOINT_ACTION,
      subject: 'audit',
      after: { ...checkpoint },
    });
    tx.executionPromise.then(
      () => {
        this.#taken = checkpoint;
      },
      () => {},
    );
    return checkpoint;
  }

  async #tell(tx: Knex.Transaction, { broken }: TrailReport): Promise<void> {
    this.#logger.error(
      `The audit trail does not hold together: ${broken?.reason} (found ${broken?.found}; expected ${broken?.expected}). No checkpoint is taken until it does.`,
    );
    await this.#audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action: BROKEN_ACTION,
      subject: 'audit',
      after: { ...broken },
    });
  }
}
