import type { JsonObject } from '@backstage/types';
import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LargeRows } from '../store/inParts';

/** A row of the table `audit_events`. */
export interface AuditEventRow {
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
  /** To find the event by; not part of it. */
  product_ref: string | null;
  /** To find the event by; not part of it. */
  principal: string | null;
}

/** The row of the table `audit_head`: the end of the trail. */
export interface AuditHeadRow {
  id: number;
  sequence: number;
  hash: string;
}

/** To read events by whose scopes may name thousands of columns. */
export const largeEvents: LargeRows<AuditEventRow> = {
  table: 'audit_events',
  key: 'sequence',
  large: ['before', 'after'],
};

function readJson(text: string | null): JsonObject | undefined {
  return text === null ? undefined : (JSON.parse(text) as JsonObject);
}

/** The event of a row. */
export function eventOf(row: AuditEventRow): AuditEvent {
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
