import type { Knex } from 'knex';
import { inTurns, nextTurn } from '../turns';

/** Bytes that are read in one go, and a row more where it alone has more. */
export const ONE_PART = 1024 * 1024;

/**
 * Bytes of a page of a list, where its rows are that large. A page of a few
 * thousand columns each would else be more than fits into memory.
 */
export const ONE_PAGE = 8 * ONE_PART;

/** Rows of a table, some columns of which may be large. */
export interface LargeRows<Row> {
  table: string;
  /** Those rows of the table that have these values; all where left out. */
  within?: Partial<Row>;
  /** By which each row is found again, among those. */
  key: keyof Row & string;
  /** Columns of text that may be large. */
  large: ReadonlyArray<keyof Row & string>;
  /** Columns that are read; all where left out. */
  columns?: ReadonlyArray<keyof Row & string>;
}

/** A row by its key, and how many bytes are large of it. */
export interface Sized {
  key: string | number;
  size: number;
}

/** Where, in which order, and how many of them. */
export type Narrow = (query: Knex.QueryBuilder) => void;

/** SQL of how many bytes columns have; of none of them is the text read. */
export function sizeOf(db: Knex, columns: readonly string[]): Knex.Raw {
  const sql = columns.map(() => 'coalesce(octet_length(??), 0)').join(' + ');
  return db.raw(`(${sql})`, [...columns]);
}

/** How large each row is, without what is large of it. */
async function sizesOf<Row>(
  db: Knex,
  { table, within = {}, key, large }: LargeRows<Row>,
  narrow: Narrow,
): Promise<Sized[]> {
  const rows: Sized[] = await db(table)
    .where(within)
    .modify(narrow)
    .select({ key, size: sizeOf(db, large) });
  return rows.map(one => ({ key: one.key, size: Number(one.size) }));
}

/** The first of them, as many as are not larger together; one in any case. */
export function firstOf<T extends Pick<Sized, 'size'>>(
  sizes: readonly T[],
  most: number,
): T[] {
  let together = 0;
  const end = sizes.findIndex(({ size }, index) => {
    together += size;
    return index > 0 && together > most;
  });
  return end < 0 ? [...sizes] : sizes.slice(0, end);
}

/** The rows, a part at a time. */
export async function* partsOf<Row extends {}>(
  db: Knex,
  { table, within = {}, key, columns }: LargeRows<Row>,
  sizes: readonly Sized[],
): AsyncGenerator<Row[]> {
  for (let start = 0; start < sizes.length; ) {
    await nextTurn();
    const keys = firstOf(sizes.slice(start), ONE_PART).map(one => one.key);
    const rows = (await db(table)
      .where(within)
      .whereIn(key, keys)
      .select(columns ? [...columns] : '*')) as Row[];
    const byKey = new Map(rows.map(row => [row[key] as unknown, row]));
    yield keys.flatMap(one => byKey.get(one) ?? []);
    start += keys.length;
  }
}

/** The rows one by one, read a part at a time, with turns for others between. */
async function* rowsOf<Row extends {}>(
  db: Knex,
  rows: LargeRows<Row>,
  sizes: readonly Sized[],
): AsyncGenerator<Row> {
  for await (const part of partsOf(db, rows, sizes)) yield* inTurns(part);
}

/** The same as something else than rows. */
export async function mapInParts<Row extends {}, T>(
  db: Knex,
  rows: LargeRows<Row>,
  sizes: readonly Sized[],
  read: (row: Row) => T,
): Promise<T[]> {
  const all: T[] = [];
  for await (const row of rowsOf(db, rows, sizes)) all.push(read(row));
  return all;
}

/** What a query finds, in its order. */
export async function* rowsInParts<Row extends {}>(
  db: Knex,
  rows: LargeRows<Row>,
  narrow: Narrow,
): AsyncGenerator<Row> {
  yield* rowsOf(db, rows, await sizesOf(db, rows, narrow));
}

/** The same, a part at a time. */
export async function* partsInOrder<Row extends {}>(
  db: Knex,
  rows: LargeRows<Row>,
  narrow: Narrow,
): AsyncGenerator<Row[]> {
  yield* partsOf(db, rows, await sizesOf(db, rows, narrow));
}

/** All of that, as something else than rows. */
export async function readInParts<Row extends {}, T>(
  db: Knex,
  rows: LargeRows<Row>,
  narrow: Narrow,
  read: (row: Row) => T,
): Promise<T[]> {
  return mapInParts(db, rows, await sizesOf(db, rows, narrow), read);
}

/**
 * A page of what a query finds. It ends early where its rows are large, and has
 * one in any case.
 *
 * @param narrow - without a limit
 */
export async function readLargePage<Row extends {}, T>(
  db: Knex,
  rows: LargeRows<Row>,
  narrow: Narrow,
  page: { limit: number; read: (row: Row) => T },
): Promise<{ items: T[]; last?: Row; hasMore: boolean }> {
  const sizes = await sizesOf(db, rows, query => {
    narrow(query);
    query.limit(page.limit + 1);
  });
  const shown = firstOf(sizes.slice(0, page.limit), ONE_PAGE);
  const items: T[] = [];
  let last: Row | undefined;
  for await (const row of rowsOf(db, rows, shown)) {
    items.push(page.read(row));
    last = row;
  }
  return {
    items,
    ...(last && { last }),
    hasMore: sizes.length > shown.length,
  };
}

/**
 * The rows of some keys, in their order: the first of them, as many as a page
 * may have where they are large, and one in any case.
 */
export async function readLargeRows<Row extends {}, T>(
  db: Knex,
  rows: LargeRows<Row>,
  keys: readonly string[],
  read: (row: Row) => T,
): Promise<T[]> {
  const found = await sizesOf(db, rows, query =>
    query.whereIn(rows.key, [...keys]),
  );
  const byKey = new Map(found.map(sized => [String(sized.key), sized]));
  const shown = firstOf(
    keys.flatMap(key => byKey.get(key) ?? []),
    ONE_PAGE,
  );
  return mapInParts(db, rows, shown, read);
}
