import type { Knex } from 'knex';
import { NotFoundError } from '@backstage/errors';
import { readInParts, readLargeRows, type LargeRows } from '../inParts';
import type { ObservedGrantRow } from '../tables';

const TABLE = 'observed_grants';
const KEYS_AT_ONCE = 250;

/** To read grants by, which may be on thousands of columns each. */
export const largeGrants: LargeRows<ObservedGrantRow> = {
  table: TABLE,
  key: 'id',
  large: ['data', 'search_text', 'excess'],
};

const asRead = (row: ObservedGrantRow): ObservedGrantRow => row;

/** Also for a grant that is not told: nobody finds out that it is there. */
export function noSuchGrant(id: string): NotFoundError {
  return new NotFoundError(`No grant has the id '${id}'`);
}

/** @throws NotFoundError */
export async function getGrant(
  db: Knex,
  id: string,
): Promise<ObservedGrantRow> {
  const row = /^\d{1,15}$/.test(id)
    ? await db<ObservedGrantRow>(TABLE)
        .where({ id: Number(id) })
        .first()
    : undefined;
  if (!row) throw noSuchGrant(id);
  return row;
}

/** Live grants of some keys of a target. */
export function liveByKeys(
  db: Knex,
  targetId: string,
  keys: readonly string[],
): Promise<ObservedGrantRow[]> {
  return liveOf(db, targetId, 'grant_key', keys);
}

/** Live grants of some groups of a target. */
export function liveInGroups(
  db: Knex,
  targetId: string,
  groups: readonly string[],
): Promise<ObservedGrantRow[]> {
  return liveOf(db, targetId, 'group_key', groups);
}

async function liveOf(
  db: Knex,
  targetId: string,
  column: 'grant_key' | 'group_key',
  values: readonly string[],
): Promise<ObservedGrantRow[]> {
  const found: ObservedGrantRow[] = [];
  for (let start = 0; start < values.length; start += KEYS_AT_ONCE) {
    const part = values.slice(start, start + KEYS_AT_ONCE);
    const rows = await readInParts(
      db,
      largeGrants,
      query =>
        query
          .where({ target_id: targetId })
          .whereIn(column, part)
          .whereNull('gone_at')
          .orderBy('id'),
      asRead,
    );
    for (const row of rows) found.push(row);
  }
  return found;
}

/** The rows of some ids, in their order: the first of them, where they are large. */
export function firstOfIds(
  db: Knex,
  ids: ReadonlyArray<ObservedGrantRow['id']>,
): Promise<ObservedGrantRow[]> {
  return readLargeRows(db, largeGrants, ids.map(String), asRead);
}

/** The rows of some ids, as many at a time as are not too large together. */
export async function* byIds(
  db: Knex,
  ids: ReadonlyArray<ObservedGrantRow['id']>,
): AsyncGenerator<ObservedGrantRow[]> {
  for (let start = 0; start < ids.length; ) {
    const rows = await firstOfIds(db, ids.slice(start));
    if (rows.length === 0) return;
    yield rows;
    start += rows.length;
  }
}
