import type { Knex } from 'knex';
import type {
  AuditEvent,
  AuditPage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  ONE_PAGE,
  firstOf,
  mapInParts,
  partsOf,
  sizeOf,
  type Sized,
} from '../store/inParts';
import {
  encodeSortKey,
  readAll,
  readPage,
  type WindowedList,
} from '../store/page';
import { mapInTurns } from '../turns';
import { eventOf, largeEvents, type AuditEventRow } from './AuditEventRow';

/** Which events; times in UTC with milliseconds. */
export interface AuditFilter {
  subject?: string;
  actorRef?: string;
  action?: string;
  productRef?: string;
  principal?: string;
  /** At this time or later. */
  from?: string;
  /** Before this time. */
  to?: string;
}

/**
 * By how much the clocks of two replicas may differ. AWS refuses the calls of a
 * clock that is five minutes off.
 */
const SKEW_MS = 15 * 60_000;

/** What events are found by: all that is read before it is known which. */
const SEARCHED: ReadonlyArray<keyof AuditEventRow> = [
  'sequence',
  'at',
  'actor_ref',
  'action',
  'subject',
  'product_ref',
  'principal',
];

/** A page of the trail, newest first. It ends early where events are large. */
export async function listEvents(
  knex: Knex,
  query: AuditFilter & { limit: number; cursor?: string },
): Promise<AuditPage> {
  const list = await eventList(knex, query, { newestFirst: true });
  const found = await readPage(knex, list, query);
  const shown = firstOf(found.rows, ONE_PAGE);
  const items = await mapInParts(knex, largeEvents, shown, eventOf);
  const nextCursor =
    shown.length < found.rows.length
      ? encodeSortKey([shown[shown.length - 1].key])
      : found.nextCursor;
  return { items, ...(nextCursor && { nextCursor }) };
}

/**
 * All events that a filter finds, oldest first, in batches.
 *
 * @param upTo - sequence of the last event to look at
 */
export async function* eventBatches(
  knex: Knex,
  filter: AuditFilter,
  upTo: number,
): AsyncGenerator<AuditEvent[]> {
  const list = await eventList(knex, filter, { upTo });
  for await (const found of readAll(knex, list)) {
    for await (const part of partsOf(knex, largeEvents, found)) {
      yield await mapInTurns(part, eventOf);
    }
  }
}

/**
 * An index finds events by one column, the most telling first; times become
 * bounds of the sequence. What else is asked for is looked at row by row.
 */
async function eventList(
  knex: Knex,
  filter: AuditFilter,
  { newestFirst = false, upTo }: { newestFirst?: boolean; upTo?: number },
): Promise<WindowedList<Sized & Pick<AuditEventRow, 'sequence'>>> {
  const wanted: Array<[column: string, value: string]> = [];
  const want = (column: string, value: string | undefined) => {
    if (value !== undefined) wanted.push([column, value]);
  };
  want('subject', filter.subject);
  want('principal', filter.principal);
  want('product_ref', filter.productRef);
  want('actor_ref', filter.actorRef);
  want('action', filter.action);
  const [indexed, ...others] = wanted;
  const { from, to } = filter;
  const after = from && (await lastBefore(knex, shifted(from, -SKEW_MS)));
  const before = to && (await firstFrom(knex, shifted(to, SKEW_MS)));
  return {
    order: ['sequence'],
    descending: newestFirst,
    keyOf: row => [row.sequence],
    source: () => {
      const query = knex('audit_events').select(...SEARCHED, {
        key: 'sequence',
        size: sizeOf(knex, largeEvents.large),
      });
      if (indexed) query.where(indexed[0], indexed[1]);
      if (after) query.where('sequence', '>', after);
      if (before) query.where('sequence', '<', before);
      if (upTo !== undefined) query.where('sequence', '<=', upTo);
      return query;
    },
    ...((others.length > 0 || from || to) && {
      filter: (query: Knex.QueryBuilder) => {
        for (const [column, value] of others) query.where(column, value);
        if (from) query.where('at', '>=', from);
        if (to) query.where('at', '<', to);
      },
    }),
  };
}

const EARLIEST = Date.parse('0000-01-01T00:00:00.000Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** Within the years that have four digits: times are compared as text. */
function shifted(time: string, ms: number): string {
  const moved = Date.parse(time) + ms;
  return new Date(Math.min(Math.max(moved, EARLIEST), LATEST)).toISOString();
}

async function lastBefore(
  knex: Knex,
  time: string,
): Promise<number | undefined> {
  const row = await knex<AuditEventRow>('audit_events')
    .where('at', '<', time)
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'sequence', order: 'desc' },
    ])
    .first('sequence');
  return row?.sequence;
}

async function firstFrom(
  knex: Knex,
  time: string,
): Promise<number | undefined> {
  const row = await knex<AuditEventRow>('audit_events')
    .where('at', '>=', time)
    .orderBy(['at', 'sequence'])
    .first('sequence');
  return row?.sequence;
}
