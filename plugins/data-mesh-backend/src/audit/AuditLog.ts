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
  /**
   * Product that the event is found by, where the subject is not a request, an
   * entitlement, a grant or the product itself.
   */
  productRef?: string;
  /** Principal that the event is found by, as `productRef`. */
  principal?: string;
}

/** Append-only, hash-chained. */
export interface AuditLog {
  /** Appends within the transaction that makes the change. */
  append(tx: Knex.Transaction, event: NewAuditEvent): Promise<void>;
}
