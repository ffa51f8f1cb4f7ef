import type { Knex } from 'knex';
import { InputError } from '@backstage/errors';
import { readLargeRows, type LargeRows } from './inParts';

/** Values of the columns that a list is sorted by, of one row. */
export type SortKey = ReadonlyArray<string | number>;

/** Cursor of the page after the row. */
export function encodeSortKey(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** @throws InputError where the text is no cursor of this list */
export function decodeSortKey(cursor: string, length: number): SortKey {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    if (
      Array.isArray(value) &&
      value.length === length &&
      value.every(one => typeof one === 'string' || Number.isFinite(one))
    ) {
      return value;
    }
  } catch {
    // Falls through to the error that says what was expected.
  }
  throw new InputError(
    `cursor: '${cursor.slice(
      0,
      40,
    )}' is not a cursor of this list; pass nextCursor of the page before`,
  );
}

/** A part of a list, in the order of the list. */
export interface Branch {
  query: Knex.QueryBuilder;
  /** Columns of the list's order, as this query names them. */
  order: readonly string[];
}

/** A list whose order an index gives. */
export interface WindowedList<Row extends {}> {
  /**
   * Rows of the list, by what its index answers: equality of the first columns
   * of an index whose others are `order`. Or several such parts, which may have
   * rows in common and select the same columns.
   */
  source(): Knex.QueryBuilder<Row> | readonly Branch[];
  /** Columns of the order, ascending where nothing is said; together unique. */
  order: readonly string[];
  descending?: boolean;
  keyOf(row: Row): SortKey;
  /** Columns that are read, of those of the source; all where left out. */
  columns?: readonly string[];
  /** Narrows further, by what no index answers. */
  filter?(query: Knex.QueryBuilder): void;
}

/**
 * Rows looked at for one window. Small enough for the database to read it from
 * the index and never the table as a whole.
 */
export const WINDOW = 2000;
/** Windows looked at for one page: fifty thousand rows. */
const WINDOWS_PER_PAGE = 25;

/**
 * A page of a list. What no index answers is looked for in windows of rows, and
 * in so many of them only: a page costs the same whatever the size of the
 * table. So a page may hold less than the limit, or nothing, and still have a
 * next one.
 */
export async function readPage<Row extends {}>(
  knex: Knex,
  list: WindowedList<Row>,
  page: { limit: number; cursor?: string; window?: number },
): Promise<{ rows: Row[]; nextCursor?: string }> {
  const rows: Row[] = [];
  let after =
    page.cursor === undefined
      ? undefined
      : decodeSortKey(page.cursor, list.order.length);
  const size = list.filter ? page.window ?? WINDOW : page.limit + 1;
  for (let turn = 0; turn < WINDOWS_PER_PAGE; turn += 1) {
    const wanted = page.limit - rows.length;
    const found = await readWindow(knex, list, { after, size, limit: wanted });
    rows.push(...found.rows);
    if (found.hasMore) {
      const last = rows[rows.length - 1];
      return { rows, nextCursor: encodeSortKey(list.keyOf(last)) };
    }
    if (!found.end) return { rows };
    after = found.end;
  }
  return { rows, nextCursor: after && encodeSortKey(after) };
}

/** A row of a list by time of creation, as far as its order goes. */
export interface ListKey {
  created_at: string;
  id: string;
}

/** Which rows a page has. */
export interface KeyPage {
  rows: ListKey[];
  nextCursor?: string;
}

/** Columns that lists by time of creation are sorted by. */
const BY_CREATION = ['created_at', 'id'] as const;

/**
 * A page of a list by time of creation that is put together of parts, each of
 * which an index has in that order.
 */
export async function readBranches<Row extends ListKey>(
  knex: Knex,
  list: {
    branches: ReadonlyArray<{ readonly [column: string]: string }>;
    source(where: { readonly [column: string]: string }): Knex.QueryBuilder;
    descending: boolean;
    /** What no index answers. */
    filters: ReadonlyArray<(query: Knex.QueryBuilder) => void>;
  },
  page: { limit: number; cursor?: string },
): Promise<{ rows: Row[]; nextCursor?: string }> {
  const { branches, descending, filters } = list;
  if (branches.length === 0) return { rows: [] };
  return readPage<Row>(
    knex,
    {
      source: () =>
        branches.map(where => ({
          query: list.source(where),
          order: BY_CREATION,
        })),
      order: BY_CREATION,
      descending,
      keyOf: row => [row.created_at, row.id],
      ...(filters.length > 0 && {
        filter: window => filters.forEach(filter => filter(window)),
      }),
    },
    page,
  );
}

/**
 * The items of a page, which ends early where they are large.
 *
 * @param page - which rows it would have at most
 */
export async function readLargeItems<Row extends {}, T>(
  knex: Knex,
  rows: LargeRows<Row>,
  page: KeyPage,
  read: (row: Row) => T,
): Promise<{ items: T[]; nextCursor?: string }> {
  const keys = page.rows.map(row => row.id);
  const items = await readLargeRows(knex, rows, keys, read);
  const last = page.rows[items.length - 1];
  const nextCursor =
    last && items.length < keys.length
      ? encodeSortKey([last.created_at, last.id])
      : page.nextCursor;
  return { items, ...(nextCursor !== undefined && { nextCursor }) };
}

/** All rows of a list, in batches. Memory does not grow with their number. */
export async function* readAll<Row extends {}>(
  knex: Knex,
  list: WindowedList<Row>,
  options: { batch?: number } = {},
): AsyncGenerator<Row[]> {
  const { batch = 500 } = options;
  let cursor: string | undefined;
  do {
    const page: { rows: Row[]; nextCursor?: string } = await readPage(
      knex,
      list,
      { limit: batch, cursor },
    );
    if (page.rows.length > 0) yield page.rows;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}

async function readWindow<Row extends {}>(
  knex: Knex,
  list: WindowedList<Row>,
  options: { after: SortKey | undefined; size: number; limit: number },
): Promise<{ rows: Row[]; hasMore: boolean; end?: SortKey }> {
  const { after, size, limit } = options;
  const order = list.descending ? 'desc' : 'asc';
  const window = () => {
    const source = list.source();
    const cut = branchesOf(list, source).map(branch => {
      const { query, order: columns } = branch;
      if (after) {
        // A comparison of rows is what both databases answer from the index;
        // the same in ORs is not.
        query.whereRaw(
          `(${columns.map(() => '??').join(', ')}) ${
            list.descending ? '<' : '>'
          } (${after.map(() => '?').join(', ')})`,
          [...columns, ...after],
        );
      }
      return query
        .orderBy(columns.map(column => ({ column, order })))
        .limit(size);
    });
    return cut.length === 1 ? cut[0] : merged(knex, list, cut, size);
  };
  const { filter } = list;
  if (!filter) {
    const rows = (await window()) as Row[];
    return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
  }
  const names = list.order.map(column => column.split('.').pop() ?? column);
  const found = (await knex
    .select(list.columns?.map(column => `w.${column}`) ?? 'w.*')
    .from(window().as('w'))
    .where(inner => filter(inner))
    .orderBy(names.map(name => ({ column: `w.${name}`, order })))
    .limit(limit + 1)) as Row[];
  if (found.length > limit) {
    return { rows: found.slice(0, limit), hasMore: true };
  }
  const [end] = (await knex
    .select(names.map(name => `w.${name}`))
    .from(window().as('w'))
    .orderBy(names.map(name => ({ column: `w.${name}`, order })))
    .offset(size - 1)
    .limit(1)) as Array<{ [name: string]: string | number }>;
  return {
    rows: found,
    hasMore: false,
    ...(end && { end: names.map(name => end[name]) }),
  };
}

function isBranches(source: unknown): source is readonly Branch[] {
  return Array.isArray(source);
}

function branchesOf<Row extends {}>(
  list: WindowedList<Row>,
  source: Knex.QueryBuilder<Row> | readonly Branch[],
): readonly Branch[] {
  return isBranches(source) ? source : [{ query: source, order: list.order }];
}

/** The first rows of several parts, each row once. */
function merged<Row extends {}>(
  knex: Knex,
  { order, descending }: WindowedList<Row>,
  parts: readonly Knex.QueryBuilder[],
  size: number,
): Knex.QueryBuilder {
  // SQLite takes a limit only in a part that is a table of its own.
  const [first, ...rest] = parts.map((part, index) =>
    knex.select('*').from(part.as(`part${index}`)),
  );
  return knex
    .select('*')
    .from(first.union(rest).as('parts'))
    .orderBy(
      order.map(column => ({ column, order: descending ? 'desc' : 'asc' })),
    )
    .limit(size);
}
