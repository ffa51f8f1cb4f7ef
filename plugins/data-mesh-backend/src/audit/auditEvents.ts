import type { Knex } from 'knex';
import type { AuditEvent } from '@lakemesh/backstage-plugin-data-mesh-common';
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
  /** First words of actions, like `request` or `drift`. */
  kind?: string[];
  /** Words that all stand somewhere in the event. */
  q?: string;
}

/** Counts beyond this are not worth a look at each event. */
export const MOST_COUNTED = 10_000;

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

/** Of those, what words are looked for in. */
const FOUND_BY = [
  'actor_ref',
  'action',
  'subject',
  'product_ref',
  'principal',
] as const;
/** And what the event says, which is read only to look for words. */
const SAID = ['before', 'after', 'correlation_id'] as const;

/** A page of the trail, with what its events are found by. */
export interface EventPage {
  items: AuditEvent[];
  about: Array<{ sequence: number; productRef?: string; principal?: string }>;
  nextCursor?: string;
}

/** A page of the trail, newest first. It ends early where events are large. */
export async function listEvents(
  knex: Knex,
  query: AuditFilter & { limit: number; cursor?: string },
): Promise<EventPage> {
  const list = await eventList(knex, query, { newestFirst: true });
  const found = await readPage(knex, list, query);
  const shown = firstOf(found.rows, ONE_PAGE);
  const rows = await mapInParts(knex, largeEvents, shown, row => row);
  const nextCursor =
    shown.length < found.rows.length
      ? encodeSortKey([shown[shown.length - 1].key])
      : found.nextCursor;
  return {
    items: await mapInTurns(rows, eventOf),
    about: rows.map(({ sequence, product_ref: productRef, principal }) => ({
      sequence,
      ...(productRef && { productRef }),
      ...(principal && { principal }),
    })),
    ...(nextCursor && { nextCursor }),
  };
}

/**
 * How many events of each kind a filter finds, of the newest that are looked at.
 */
export async function countEvents(
  knex: Knex,
  filter: AuditFilter,
): Promise<{ count: number; isAtLeast: boolean; kinds: Map<string, number> }> {
  const list = await eventList(knex, filter, { newestFirst: true });
  const kinds = new Map<string, number>();
  let count = 0;
  for await (const rows of readAll(knex, list)) {
    for (const { action } of rows) {
      if (count === MOST_COUNTED) return { count, isAtLeast: true, kinds };
      const kind = kindOfAction(action);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      count += 1;
    }
  }
  return { count, isAtLeast: false, kinds };
}

/** `request` of `request.created`. */
function kindOfAction(action: string): string {
  return action.slice(0, action.indexOf('.'));
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
): Promise<WindowedList<Sized & Pick<AuditEventRow, 'sequence' | 'action'>>> {
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
  const { from, to, kind = [] } = filter;
  const words = filter.q?.trim();
  const after = from && (await lastBefore(knex, shifted(from, -SKEW_MS)));
  const before = to && (await firstFrom(knex, shifted(to, SKEW_MS)));
  return {
    order: ['sequence'],
    descending: newestFirst,
    keyOf: row => [row.sequence],
    source: () => {
      const query = knex('audit_events').select(
        ...SEARCHED,
        ...(words ? SAID : []),
        { key: 'sequence', size: sizeOf(knex, largeEvents.large) },
      );
      if (indexed) query.where(indexed[0], indexed[1]);
      if (after) query.where('sequence', '>', after);
      if (before) query.where('sequence', '<', before);
      if (upTo !== undefined) query.where('sequence', '<=', upTo);
      return query;
    },
    ...((others.length > 0 || from || to || kind.length > 0 || words) && {
      filter: (query: Knex.QueryBuilder) => {
        for (const [column, value] of others) query.where(column, value);
        if (from) query.where('at', '>=', from);
        if (to) query.where('at', '<', to);
        if (kind.length > 0) whereKind(query, kind);
        if (words) whereSaid(query, words);
      },
    }),
  };
}

function whereKind(query: Knex.QueryBuilder, kinds: readonly string[]): void {
  query.where(inner => {
    for (const kind of kinds) {
      inner.orWhereRaw("action like ? escape '\\'", [`${literally(kind)}.%`]);
    }
  });
}

function whereSaid(query: Knex.QueryBuilder, text: string): void {
  for (const word of text.toLocaleLowerCase('en-US').split(/\s+/)) {
    if (!word) continue;
    const pattern = `%${literally(word)}%`;
    query.where(inner => {
      for (const column of [...FOUND_BY, ...SAID]) {
        inner.orWhereRaw("lower(coalesce(??, '')) like ? escape '\\'", [
          column,
          pattern,
        ]);
      }
    });
  }
}

/** What LIKE reads as a wildcard is taken literally. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, found => `\\${found}`);
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
