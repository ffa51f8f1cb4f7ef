import type { Knex } from 'knex';
import type { FindingRow, StepRow } from '../tables';
import { holdsSomething } from './steps';

/** What was found to lack of some entitlements. */
export async function findingsOf(
  db: Knex,
  entitlementIds: readonly string[],
): Promise<FindingRow[]> {
  return db<FindingRow>('step_findings')
    .whereIn('entitlement_id', [...entitlementIds])
    .orderBy('step_id');
}

/** Puts a finding in the place of the one before. */
export async function storeFinding(db: Knex, row: FindingRow): Promise<void> {
  await db<FindingRow>('step_findings')
    .insert(row)
    .onConflict('step_id')
    .merge();
}

/** Forgets what was found of some steps. */
export async function deleteFindings(
  db: Knex,
  stepIds: readonly string[],
): Promise<void> {
  await db('step_findings')
    .whereIn('step_id', [...stepIds])
    .delete();
}

/**
 * Begin of the last scan of a target that had a step in view: scans leave out
 * what has changed since they began.
 */
export async function lastScanOfStep(
  db: Knex,
  { stepId, targetId }: { stepId: string; targetId: string },
  before: string,
): Promise<string | undefined> {
  const scan = await db('scans')
    .where({ target_id: targetId, state: 'done' })
    .where('finished_at', '<=', before)
    .where(
      'started_at',
      '>',
      db('entitlement_steps as s')
        .join('entitlements as e', 'e.id', 's.entitlement_id')
        .where('s.id', stepId)
        .select(
          db.raw(
            `case when coalesce(s.finished_at, '') > e.updated_at then s.finished_at else e.updated_at end`,
          ),
        ),
    )
    .orderBy('started_at', 'desc')
    .first('started_at');
  return scan?.started_at;
}

/**
 * Steps with findings that the worker has verified since, or that are not to be
 * there any more.
 */
export async function settledFindings(
  db: Knex,
  entitlementId: string,
): Promise<string[]> {
  const rows: Array<
    Pick<FindingRow, 'step_id' | 'seen_at'> &
      Pick<StepRow, 'state' | 'direction' | 'finished_at'>
  > = await db('step_findings as f')
    .join('entitlement_steps as s', 's.id', 'f.step_id')
    .where('f.entitlement_id', entitlementId)
    .select(
      'f.step_id',
      'f.seen_at',
      's.state',
      's.direction',
      's.finished_at',
    );
  return rows.flatMap(row => {
    const isVerified =
      row.state === 'done' &&
      row.finished_at !== null &&
      row.finished_at >= row.seen_at;
    const isSettled =
      !holdsSomething(row) || row.direction === 'undo' || isVerified;
    return isSettled ? [row.step_id] : [];
  });
}

/**
 * Of some entitlements, those with something missing that neither the worker
 * that applied it nor a scan has seen since then.
 */
export async function unseenSince(
  db: Knex,
  entitlementIds: readonly string[],
  since: string,
): Promise<Set<string>> {
  const rows: Array<Pick<FindingRow, 'entitlement_id'>> = await db(
    'step_findings as f',
  )
    .join('entitlement_steps as s', 's.id', 'f.step_id')
    .whereIn('f.entitlement_id', [...entitlementIds])
    .whereRaw(`coalesce(f.present_at, '') < ?`, [since])
    .whereRaw(`coalesce(s.finished_at, '') < ?`, [since])
    .distinct('f.entitlement_id');
  return new Set(rows.map(row => row.entitlement_id));
}
