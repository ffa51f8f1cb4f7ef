import type { Knex } from 'knex';
import type { JsonObject } from '@backstage/types';

/** What is put on the audit trail. */
export interface NewAuditEvent {
  /** User reference, or SYSTEM_ACTOR. */
  actorRef: string;
  /** Like `request.created`, `entitlement.activated`, `step.applied`. */
  action: string;
  /** Like `request:ID` or `entitlement:ID`. */
  subject: string;
  before?: JsonObject;
  after?: JsonObject;
  /** Joins what belongs together: the id of the request. */
  correlationId?: string;
}

/** Append-only, hash-chained. */
export interface AuditLog {
  /** Appends within the transaction that makes the change. */
  append(tx: Knex.Transaction, event: NewAuditEvent): Promise<void>;
}
