import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
import { csvLines } from '../http/csv';

const json = (value: object | null | undefined) =>
  value ? JSON.stringify(value) : undefined;

const columns: ReadonlyArray<
  readonly [string, (event: AuditEvent) => string | undefined]
> = [
  ['sequence', event => String(event.sequence)],
  ['at', event => event.at],
  ['actor', event => event.actorRef],
  ['action', event => event.action],
  ['subject', event => event.subject],
  ['before', event => json(event.before)],
  ['after', event => json(event.after)],
  ['correlation', event => event.correlationId],
  ['id', event => event.id],
  ['previous hash', event => event.previousHash],
  ['hash', event => event.hash],
];

/** First line of the file. */
export function auditCsvHeader(): string {
  return csvLines([columns.map(([name]) => name)]);
}

/** A line for each event. */
export function auditCsvLines(events: readonly AuditEvent[]): string {
  return csvLines(events.map(event => columns.map(([, read]) => read(event))));
}
