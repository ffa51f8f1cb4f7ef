import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { auditCsvHeader, auditCsvLines } from './auditCsv';
import { eventBatches, type AuditFilter } from './auditEvents';
import type { DatabaseAuditLog } from './DatabaseAuditLog';
import { readHead } from './verifyTrail';

/** Forms of an exported trail. */
export type ExportFormat = 'ndjson' | 'csv';

/**
 * The trail as text, piece by piece. That it was exported, by whom and with
 * which filter, is on the trail before the first piece is.
 */
export async function exportTrail(
  deps: { knex: Knex; audit: DatabaseAuditLog },
  wanted: { actorRef: string; format: ExportFormat; filter: AuditFilter },
): Promise<AsyncIterable<string>> {
  const { knex, audit } = deps;
  const { actorRef, format, filter } = wanted;
  await knex.transaction(tx =>
    audit.append(tx, {
      actorRef,
      action: 'audit.exported',
      subject: 'audit',
      after: { format, filter: { ...filter } },
    }),
  );
  const { sequence } = await readHead(knex);
  const batches = eventBatches(knex, filter, sequence);
  return format === 'csv' ? asCsv(batches) : asLines(batches);
}

async function* asLines(
  batches: AsyncIterable<AuditEvent[]>,
): AsyncGenerator<string> {
  for await (const events of batches) {
    yield events.map(event => `${JSON.stringify(event)}\n`).join('');
  }
}

async function* asCsv(
  batches: AsyncIterable<AuditEvent[]>,
): AsyncGenerator<string> {
  yield auditCsvHeader();
  for await (const events of batches) yield auditCsvLines(events);
}
