import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import {
  hashOfEvent,
  type AuditEvent,
  type AuditVerification,
  type CheckpointKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { nextTurn } from '../turns';
import { aboutOf } from './aboutOf';
import { listEvents, type AuditFilter, type EventPage } from './auditEvents';
import type { AuditEventRow, AuditHeadRow } from './AuditEventRow';
import type { AuditLog, NewAuditEvent } from './AuditLog';
import { sha256 } from './sha256';
import { readHead, verifyTrail } from './verifyTrail';

/**
 * The audit trail in the plugin's database.
 *
 * Whoever appends locks the one row of `audit_head` until its transaction ends:
 * a row lock on PostgreSQL, the write lock on SQLite. So the chain cannot fork,
 * and events cut off at the end are missed by the head. Append last in a
 * transaction, to hold the lock for as short as possible.
 */
export class DatabaseAuditLog implements AuditLog {
  readonly #db: Knex;
  readonly #now: () => Date;
  readonly #appended: () => void;

  constructor(options: {
    db: Knex;
    now?: () => Date;
    /** Told after a transaction that appended has been committed. */
    appended?: () => void;
  }) {
    this.#db = options.db;
    this.#now = options.now ?? (() => new Date());
    this.#appended = options.appended ?? (() => {});
  }

  async append(tx: Knex.Transaction, event: NewAuditEvent): Promise<void> {
    // Looked up before the trail is locked.
    const about = await aboutOf(tx, event);
    await nextTurn();
    const head = await this.lockHead(tx);
    const next: AuditEvent = {
      sequence: head.sequence + 1,
      id: randomUUID(),
      at: this.#now().toISOString(),
      actorRef: event.actorRef,
      action: event.action,
      subject: event.subject,
      ...(event.before && { before: event.before }),
      ...(event.after && { after: event.after }),
      ...(event.correlationId && { correlationId: event.correlationId }),
      previousHash: head.hash,
      hash: '',
    };
    // Through text and back: what is hashed is what will be read.
    const hash = hashOfEvent(
      JSON.parse(JSON.stringify(next)) as AuditEvent,
      sha256,
    );
    await nextTurn();
    await tx<AuditEventRow>('audit_events').insert({
      sequence: next.sequence,
      id: next.id,
      at: next.at,
      actor_ref: next.actorRef,
      action: next.action,
      subject: next.subject,
      before: event.before ? JSON.stringify(event.before) : null,
      after: event.after ? JSON.stringify(event.after) : null,
      correlation_id: event.correlationId ?? null,
      previous_hash: next.previousHash,
      hash,
      ...about,
    });
    await tx<AuditHeadRow>('audit_head')
      .where({ id: 1 })
      .update({ sequence: next.sequence, hash });
    tx.executionPromise.then(this.#appended, () => {});
  }

  /** The end of the trail, which nobody else moves until the transaction ends. */
  async lockHead(
    tx: Knex.Transaction,
  ): Promise<Pick<AuditHeadRow, 'sequence' | 'hash'>> {
    await tx('audit_head').where({ id: 1 }).update({ id: 1 });
    const { sequence, hash } = await readHead(tx);
    return { sequence, hash };
  }

  /** A page of the trail, newest first. */
  async list(
    query: AuditFilter & { limit: number; cursor?: string },
  ): Promise<EventPage> {
    return listEvents(this.#db, query);
  }

  /**
   * Recomputes the chain from its beginning, in batches.
   *
   * @param keys - that checkpoints may be signed with
   */
  async verify(
    keys: readonly CheckpointKey[] = [],
  ): Promise<AuditVerification> {
    return verifyTrail(this.#db, keys);
  }
}
