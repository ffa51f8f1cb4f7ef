import { createHash, randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { Knex } from 'knex';
import type {
  AuditEvent,
  AuditPage,
  AuditVerification,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { decodeCursor, encodeCursor } from '../paging/cursor';
import type { AuditLog, NewAuditEvent } from './AuditLog';
import { canonicalJson } from './canonicalJson';

interface EventRow {
  sequence: number;
  id: string;
  at: string;
  actor_ref: string;
  action: string;
  subject: string;
  before: string | null;
  after: string | null;
  correlation_id: string | null;
  previous_hash: string;
  hash: string;
}

interface HeadRow {
  id: number;
  sequence: number;
  hash: string;
}

const BATCH = 1000;

function readJson(text: string | null): JsonObject | undefined {
  return text === null ? undefined : (JSON.parse(text) as JsonObject);
}

function eventOf(row: EventRow): AuditEvent {
  const before = readJson(row.before);
  const after = readJson(row.after);
  return {
    sequence: row.sequence,
    id: row.id,
    at: row.at,
    actorRef: row.actor_ref,
    action: row.action,
    subject: row.subject,
    ...(before && { before }),
    ...(after && { after }),
    ...(row.correlation_id && { correlationId: row.correlation_id }),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** Hash of an event with all that it says and the hash before it. */
function hashOf({ hash: _, ...event }: AuditEvent): string {
  return createHash('sha256')
    .update(canonicalJson(event as JsonValue))
    .digest('hex');
}

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

  constructor(options: { db: Knex; now?: () => Date }) {
    this.#db = options.db;
    this.#now = options.now ?? (() => new Date());
  }

  async append(tx: Knex.Transaction, event: NewAuditEvent): Promise<void> {
    const locked = await tx('audit_head')
      .where({ id: 1 })
      .increment('sequence', 1);
    if (locked !== 1) {
      throw new ConflictError('The head of the audit trail is missing');
    }
    const head = await tx<HeadRow>('audit_head').where({ id: 1 }).first();
    const next: AuditEvent = {
      sequence: head?.sequence ?? 0,
      id: randomUUID(),
      at: this.#now().toISOString(),
      actorRef: event.actorRef,
      action: event.action,
      subject: event.subject,
      ...(event.before && { before: event.before }),
      ...(event.after && { after: event.after }),
      ...(event.correlationId && { correlationId: event.correlationId }),
      previousHash: head?.hash ?? '',
      hash: '',
    };
    // Through text and back: what is hashed is what will be read.
    const hash = hashOf(JSON.parse(JSON.stringify(next)) as AuditEvent);
    await tx<EventRow>('audit_events').insert({
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
    });
    await tx('audit_head').where({ id: 1 }).update({ hash });
  }

  /** A page of the trail, newest first. */
  async list(query: {
    subject?: string;
    actorRef?: string;
    action?: string;
    limit: number;
    cursor?: string;
  }): Promise<AuditPage> {
    const rows = await this.#db<EventRow>('audit_events')
      .modify(q => {
        if (query.subject) q.where('subject', query.subject);
        if (query.actorRef) q.where('actor_ref', query.actorRef);
        if (query.action) q.where('action', query.action);
        if (query.cursor) {
          q.where('sequence', '<', Number(decodeCursor(query.cursor).id) || 0);
        }
      })
      .orderBy('sequence', 'desc')
      .limit(query.limit + 1);
    const items = rows.slice(0, query.limit).map(eventOf);
    const last = items[items.length - 1];
    return {
      items,
      ...(rows.length > query.limit && {
        nextCursor: encodeCursor({ at: '', id: String(last.sequence) }),
      }),
    };
  }

  /** Recomputes the chain from its beginning, in batches. */
  async verify(): Promise<AuditVerification> {
    // The head is read first: what is appended meanwhile is not looked at.
    const head = await this.#db<HeadRow>('audit_head').where({ id: 1 }).first();
    if (!head) {
      return { whole: false, events: 0, reason: 'the head is missing' };
    }
    let previousHash = '';
    let events = 0;
    const broken = (reason: string): AuditVerification => ({
      whole: false,
      events,
      brokenAt: events + 1,
      reason,
    });
    while (events < head.sequence) {
      const rows = await this.#db<EventRow>('audit_events')
        .where('sequence', '>', events)
        .andWhere('sequence', '<=', head.sequence)
        .orderBy('sequence')
        .limit(BATCH);
      if (rows.length === 0) {
        return broken(
          `the trail ends at ${events}, but ${head.sequence} events were written`,
        );
      }
      for (const event of rows.map(eventOf)) {
        if (event.sequence !== events + 1) {
          return broken(`event ${events + 1} is missing`);
        }
        if (event.previousHash !== previousHash) {
          return broken(
            `event ${event.sequence} does not follow the one before`,
          );
        }
        if (hashOf(event) !== event.hash) {
          return broken(
            `event ${event.sequence} was changed after it was written`,
          );
        }
        previousHash = event.hash;
        events = event.sequence;
      }
    }
    if (previousHash !== head.hash) {
      return broken('the last event is not the one that was written last');
    }
    return { whole: true, events };
  }
}
