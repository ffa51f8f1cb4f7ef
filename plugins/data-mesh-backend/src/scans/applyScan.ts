import type { Knex } from 'knex';
import { facetsOfGrant, grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { ChangedGroups } from '../grants/GrantCounts';
import { reasonsFor, type ReasonContext } from '../grants/reasonsFor';
import type { StepGroups } from '../grants/StepGroups';
import { insertProducts } from '../grants/insertProducts';
import { largeGrants } from '../store/grants/observedGrants';
import { partsInOrder, rowsInParts } from '../store/inParts';
import { readAll } from '../store/page';
import { mapInTurns, nextTurn } from '../turns';
import type { ScanChangeRow } from './ScanDiff';
import type { TargetLease } from '../store/scans/ScanRow';
import type { ScanTargetRow } from '../store/tables';
import { holdLease, type LeaseDeps } from './leases';

const AT_ONCE = 200;

/** What making a scan the known state takes. */
export interface ApplyDeps extends LeaseDeps {
  groups: StepGroups;
}

/**
 * Makes what a scan has staged the state that is known, all or nothing: a list
 * shows the state before the scan or after it. New grants come with their
 * reasons, so that none shows as unexplained only because nobody has looked yet.
 *
 * @param ofPart - of a look at a part of the target
 * @returns groups whose grants have changed
 * @throws ScanLeaseLostError
 */
export async function applyScan(
  deps: ApplyDeps,
  claim: TargetLease,
  context: ReasonContext,
  { ofPart = false }: { ofPart?: boolean } = {},
): Promise<ChangedGroups> {
  const groups = new ChangedGroups();
  await deps.knex.transaction(async tx => {
    await holdLease(deps, tx, claim);
    for await (const rows of changesOf(tx, claim)) {
      const old = await endRows(tx, claim, rows, groups);
      await nextTurn();
      await insertRows(deps.groups, tx, claim, context, rows, old, groups);
    }
    const [{ count }] = await tx('observed_grants')
      .where({ target_id: claim.target.id })
      .whereNull('gone_at')
      .count({ count: '*' });
    await tx('scan_changes').where({ claim: claim.token }).delete();
    await tx<ScanTargetRow>('scan_targets')
      .where({ id: claim.target.id })
      .update({
        grants: Number(count),
        // Of the rest it still says when it was seen.
        ...(!ofPart && { seen_at: claim.startedAt }),
      });
    await tx<ScanTargetRow>('scan_targets')
      .where({ id: claim.target.id })
      .whereNull('known_since')
      .update({ known_since: claim.startedAt });
    // Nobody else could extend the lease meanwhile.
    await holdLease(deps, tx, claim);
  });
  return groups;
}

/** What is staged, as many at a time as are not too large together. */
async function* changesOf(
  tx: Knex.Transaction,
  { token }: TargetLease,
): AsyncGenerator<ScanChangeRow[]> {
  const keys = readAll<Pick<ScanChangeRow, 'grant_key'>>(
    tx,
    {
      order: ['grant_key'],
      keyOf: row => [row.grant_key],
      source: () =>
        tx('scan_changes').where({ claim: token }).select('grant_key'),
    },
    { batch: AT_ONCE },
  );
  for await (const some of keys) {
    yield* partsInOrder<ScanChangeRow>(
      tx,
      {
        table: 'scan_changes',
        within: { claim: token },
        key: 'grant_key',
        large: ['data'],
      },
      query =>
        query
          .whereIn(
            'grant_key',
            some.map(row => row.grant_key),
          )
          .orderBy('grant_key'),
    );
  }
}

/** Ends rows that are gone or make room for what they have become. */
async function endRows(
  tx: Knex.Transaction,
  claim: TargetLease,
  rows: readonly ScanChangeRow[],
  groups: ChangedGroups,
): Promise<Map<string, ObservedGrantRow>> {
  const ids = rows.flatMap(row => row.observed_id ?? []);
  if (ids.length === 0) return new Map();
  const old = new Map<string, ObservedGrantRow>();
  const stored = rowsInParts(tx, largeGrants, query =>
    query.whereIn('id', ids).whereNull('gone_at'),
  );
  for await (const row of stored) {
    groups.add(row, ...(JSON.parse(row.products) as string[]));
    old.set(row.grant_key, row);
  }
  const end = { gone_at: claim.startedAt };
  await tx<ObservedGrantRow>('observed_grants')
    .whereIn('id', ids)
    .whereNull('gone_at')
    .update({ ...end, last_seen_at: claim.seenAt ?? claim.startedAt });
  await tx('observed_grant_products')
    .whereIn('grant_id', ids)
    .whereNull('gone_at')
    .update(end);
  const gone = rows.filter(row => row.data === null);
  await tx('adopted_grants')
    .where({ target_id: claim.target.id })
    .whereIn(
      'grant_key',
      gone.map(row => row.grant_key),
    )
    .whereNull('gone_at')
    .update(end);
  return old;
}

async function insertRows(
  groups: StepGroups,
  tx: Knex.Transaction,
  claim: TargetLease,
  context: ReasonContext,
  rows: readonly ScanChangeRow[],
  old: ReadonlyMap<string, ObservedGrantRow>,
  changed: ChangedGroups,
): Promise<void> {
  const some = await mapInTurns(rows, row =>
    row.data === null || row.group_key === null || row.hash === null
      ? []
      : [
          {
            grant_key: row.grant_key,
            group_key: row.group_key,
            hash: row.hash,
            data: row.data,
            standing: row.standing,
            grant: grantOf({ data: row.data }),
            stored: old.get(row.grant_key),
          },
        ],
  );
  const arrived = some.flat();
  if (arrived.length === 0) return;
  const reasons = await reasonsFor(
    groups,
    tx,
    context,
    arrived.map(row => ({
      ...row,
      stored: {
        standing: row.standing ?? row.stored?.standing ?? null,
        products: row.stored?.products ?? '[]',
      },
    })),
  );
  await nextTurn();
  const inserted: Array<Omit<ObservedGrantRow, 'id'>> = await mapInTurns(
    arrived.entries(),
    ([index, { grant, stored, standing: _, ...row }]) => ({
      ...row,
      ...facetsOfGrant(grant),
      ...reasons[index],
      target_id: claim.target.id,
      account_id: claim.target.accountId ?? null,
      first_seen_at: stored?.first_seen_at ?? claim.startedAt,
      valid_from: claim.startedAt,
      gone_at: null,
      last_seen_at: null,
    }),
  );
  const ids: Array<Pick<ObservedGrantRow, 'id' | 'grant_key'>> = await tx(
    'observed_grants',
  )
    .insert(inserted)
    .returning(['id', 'grant_key']);
  const idOf = new Map(ids.map(one => [one.grant_key, one.id]));
  for (const row of inserted) {
    changed.add(row, ...(JSON.parse(row.products) as string[]));
  }
  await insertProducts(
    tx,
    inserted.flatMap(row => {
      const id = idOf.get(row.grant_key);
      return id === undefined ? [] : [{ ...row, id }];
    }),
  );
}
