import type { Knex } from 'knex';
import type { DriftKind } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { DriftRow } from '../tables';

const TABLE = 'drift_items';
const NEWS_AT_ONCE = 500;

/** A difference to be recorded, beyond those that are grants. */
export interface Finding {
  kind: DriftKind;
  subject: string;
  targetId?: string;
  accountId?: string;
  entitlementId: string;
  productRef: string;
  words: string;
}

/** Opens an item, or says of the open one what is the matter now. */
export async function reportDrift(
  db: Knex,
  finding: Finding,
  now: Date,
): Promise<void> {
  const { kind, subject, words } = finding;
  const open = await findOpen(db, kind, subject);
  if (open) {
    if (open.words !== words) {
      await db<DriftRow>(TABLE).where({ id: open.id }).update({ words });
    }
    return;
  }
  await db(TABLE)
    .insert({
      kind,
      subject,
      target_id: finding.targetId ?? null,
      account_id: finding.accountId ?? null,
      grant_key: null,
      entitlement_id: finding.entitlementId,
      product_ref: finding.productRef,
      words,
      since: now.toISOString(),
      notified_at: null,
      gone_at: null,
    })
    // Another replica may have found the same in another target.
    .onConflict()
    .ignore();
}

/** What of some subjects there is an open item about. */
export async function openSubjects(
  db: Knex,
  kind: DriftKind,
  subjects: readonly string[],
): Promise<Set<string>> {
  const rows: Array<Pick<DriftRow, 'subject'>> = await db(TABLE)
    .where({ kind })
    .whereIn('subject', [...subjects])
    .whereNull('gone_at')
    .select('subject');
  return new Set(rows.map(row => row.subject));
}

/** Closes the open item, if there is one. */
export async function closeDrift(
  db: Knex,
  kind: DriftKind,
  subject: string,
  now: Date,
): Promise<void> {
  const open = await findOpen(db, kind, subject);
  if (!open) return;
  await db<DriftRow>(TABLE)
    .where({ id: open.id })
    .whereNull('gone_at')
    .update({ gone_at: now.toISOString() });
}

/** Closes what was about entitlements that are not in force any more. */
export async function closeEndedDrift(db: Knex, now: Date): Promise<void> {
  await db(TABLE)
    .whereIn('kind', ['missing', 'identity'])
    .whereNull('gone_at')
    .whereNotIn(
      'entitlement_id',
      db('entitlements').where({ state: 'active' }).select('id'),
    )
    .update({ gone_at: now.toISOString() });
}

/** Open items of some kinds, oldest first. */
export async function openDriftOf(
  db: Knex,
  filter: {
    kinds: readonly DriftKind[];
    targetId?: string;
    entitlementIds?: readonly string[];
  },
  limit: number,
): Promise<DriftRow[]> {
  return db<DriftRow>(TABLE)
    .whereIn('kind', [...filter.kinds])
    .whereNull('gone_at')
    .modify(query => {
      if (filter.targetId) query.where({ target_id: filter.targetId });
      if (filter.entitlementIds) {
        query.whereIn('entitlement_id', [...filter.entitlementIds]);
      }
    })
    .orderBy(['since', 'id'])
    .limit(limit);
}

/** Open items of a kind, of one target or all. */
export async function countDrift(
  db: Knex,
  kind: DriftKind,
  targetId?: string,
): Promise<number> {
  const [{ count }] = await db(TABLE)
    .where({ kind })
    .whereNull('gone_at')
    .modify(query => {
      if (targetId) query.where({ target_id: targetId });
    })
    .count({ count: '*' });
  return Number(count);
}

/**
 * Items that nobody has been told about yet, in batches, each once: whoever
 * calls this tells them.
 */
export async function* takeDriftNews(
  db: Knex,
  at: Date,
): AsyncGenerator<DriftRow[]> {
  const now = at.toISOString();
  for (;;) {
    const rows = await db<DriftRow>(TABLE)
      .whereNull('gone_at')
      .whereNull('notified_at')
      .orderBy('id')
      .limit(NEWS_AT_ONCE);
    if (rows.length === 0) return;
    const marked: Array<{ id: DriftRow['id'] }> = await db(TABLE)
      .whereIn(
        'id',
        rows.map(row => row.id),
      )
      .whereNull('notified_at')
      .update({ notified_at: now })
      .returning('id');
    const mine = new Set(marked.map(one => String(one.id)));
    yield rows.filter(row => mine.has(String(row.id)));
  }
}

async function findOpen(
  db: Knex,
  kind: DriftKind,
  subject: string,
): Promise<DriftRow | undefined> {
  return db<DriftRow>(TABLE)
    .where({ kind, subject })
    .whereNull('gone_at')
    .first();
}
