import type { Knex } from 'knex';
import { readAll } from '../page';
import type { DriftRow } from '../tables';

/** A grant, or a part of one, that nobody explains. */
interface DriftingGrant {
  grant_key: string;
  account_id: string | null;
  entitlement_id: string | null;
  product_ref: string | null;
  kind: 'excess' | 'residue';
}

type OpenItem = Pick<DriftRow, 'id' | 'kind'> & { grant_key: string };

const kindOfGrant = `case when g.because = 'unexplained' and g.entitlement_id is not null then 'residue' else 'excess' end`;
const isDrift = `(g.because = 'unexplained' or g.excess is not null)`;
const ROWS_PER_INSERT = 200;

/**
 * Opens an item for each grant of a target that nobody explains, and closes
 * those whose grant is gone or explained.
 */
export async function syncGrantDrift(
  db: Knex,
  targetId: string,
  at: Date,
): Promise<void> {
  const now = at.toISOString();
  // In batches by key, not as one statement: what a planner makes of tables
  // that were empty a moment ago may look through all of one for each row of
  // the other.
  const open = readAll<OpenItem>(db, {
    order: ['id'],
    keyOf: row => [Number(row.id)],
    source: () =>
      db('drift_items')
        .where({ target_id: targetId })
        .whereNotNull('grant_key')
        .whereNull('gone_at')
        .select('id', 'kind', 'grant_key'),
  });
  for await (const rows of open) await closeOld(db, targetId, rows, now);
  const drifting = readAll<DriftingGrant>(db, {
    order: ['grant_key'],
    keyOf: row => [row.grant_key],
    source: () =>
      db('observed_grants as g')
        .where({ target_id: targetId })
        .whereNull('gone_at')
        .whereRaw(isDrift)
        .select(
          'grant_key',
          'account_id',
          'entitlement_id',
          'product_ref',
          db.raw(`${kindOfGrant} as kind`),
        ),
  });
  for await (const rows of drifting) {
    await openNew(db, targetId, rows, now);
  }
}

async function closeOld(
  db: Knex,
  targetId: string,
  rows: readonly OpenItem[],
  now: string,
): Promise<void> {
  const grants: Array<Pick<DriftingGrant, 'grant_key' | 'kind'>> = await db(
    'observed_grants as g',
  )
    .where({ target_id: targetId })
    .whereIn(
      'grant_key',
      rows.map(row => row.grant_key),
    )
    .whereNull('gone_at')
    .whereRaw(isDrift)
    .select('grant_key', db.raw(`${kindOfGrant} as kind`));
  const drifting = new Set(grants.map(one => `${one.kind} ${one.grant_key}`));
  const gone = rows.filter(
    row => !drifting.has(`${row.kind} ${row.grant_key}`),
  );
  if (gone.length === 0) return;
  await db('drift_items')
    .whereIn(
      'id',
      gone.map(row => row.id),
    )
    .whereNull('gone_at')
    .update({ gone_at: now });
}

async function openNew(
  db: Knex,
  targetId: string,
  rows: readonly DriftingGrant[],
  now: string,
): Promise<void> {
  const found = rows.map(({ kind, ...row }) => ({
    ...row,
    kind,
    target_id: targetId,
    subject: `${targetId} ${row.grant_key}`,
    words: '',
    since: now,
  }));
  const open: Array<Pick<DriftRow, 'kind' | 'subject'>> = await db(
    'drift_items',
  )
    .whereIn(
      'subject',
      found.map(one => one.subject),
    )
    .whereIn('kind', ['excess', 'residue'])
    .whereNull('gone_at')
    .select('kind', 'subject');
  const known = new Set(open.map(one => `${one.kind} ${one.subject}`));
  const news = found.filter(one => !known.has(`${one.kind} ${one.subject}`));
  for (let start = 0; start < news.length; start += ROWS_PER_INSERT) {
    await db('drift_items')
      .insert(news.slice(start, start + ROWS_PER_INSERT))
      .onConflict()
      .ignore();
  }
}
