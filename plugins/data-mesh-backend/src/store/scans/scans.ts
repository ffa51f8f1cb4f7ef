import type { Knex } from 'knex';
import type { ScanRow } from '../tables';

/** The last scan of each target, and the last one that counts. */
export async function lastScans(
  db: Knex,
  targetIds: readonly string[],
): Promise<Map<string, { last?: ScanRow; lastDone?: ScanRow }>> {
  const found = await Promise.all(
    targetIds.map(async id => {
      const last = () =>
        db<ScanRow>('scans')
          .where({ target_id: id })
          .orderBy('started_at', 'desc');
      const [any, done] = await Promise.all([
        last().first(),
        last().where({ state: 'done' }).first(),
      ]);
      return [id, { last: any, lastDone: done }] as const;
    }),
  );
  return new Map(found);
}

/** Keeps the last scans of each target only. */
export async function pruneScans(
  db: Knex,
  targetId: string,
  keep: number,
): Promise<void> {
  const oldest = await db<ScanRow>('scans')
    .where({ target_id: targetId })
    .orderBy('started_at', 'desc')
    .offset(keep)
    .first('started_at');
  if (!oldest) return;
  await db<ScanRow>('scans')
    .where({ target_id: targetId })
    .where('started_at', '<=', oldest.started_at)
    .whereIn('state', ['done', 'failed'])
    .delete();
}
