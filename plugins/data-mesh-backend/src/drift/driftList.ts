import type { Knex } from 'knex';
import type {
  DriftKind,
  DriftPage,
  DriftQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { toWhere, type FactColumns, type ReadFilter } from '../permissions';
import { whereDriftTold, type GrantView } from '../sight';
import { decodeSortKey, encodeSortKey } from '../store/page';
import type { DriftRow } from '../store/tables';

const entitlementFacts: FactColumns = {
  requesterRef: 'e.requester_ref',
  productOwnerRef: 'e.product_owner_ref',
  domainRef: 'e.domain_ref',
  principal: 'e.principal',
};

const kinds: readonly DriftKind[] = [
  'excess',
  'missing',
  'identity',
  'residue',
];

/** Counts beyond this are not worth a scan of the index; openapi.yaml says so. */
const MOST_COUNTED = 10_000;

/** What of drift somebody is told of. */
export interface ToldDrift {
  /** Of the entitlements that it is about. */
  readable: ReadFilter;
  view: GrantView;
}

/**
 * A page, oldest first, with the counts of all that the filter finds, as far
 * as they are counted.
 */
export async function listDrift(
  db: Knex,
  query: Omit<DriftQuery, 'limit'> & { limit: number },
  told: ToldDrift,
): Promise<{
  rows: DriftRow[];
  counts: DriftPage['counts'];
  atLeast: DriftKind[];
  nextCursor?: string;
}> {
  const { limit, cursor } = query;
  const rows: DriftRow[] = await filtered(db, query, told)
    .modify(list => {
      if (query.kind?.length) list.whereIn('d.kind', query.kind);
      if (cursor) {
        const [since, id] = decodeSortKey(cursor, 2);
        list.whereRaw('(d.since, d.id) > (?, ?)', [since, Number(id) || 0]);
      }
    })
    .orderBy([{ column: 'd.since' }, { column: 'd.id' }])
    .limit(limit + 1)
    .select('d.*');
  const items = rows.slice(0, limit);
  const last = items[items.length - 1];
  return {
    rows: items,
    ...(await countsOf(db, query, told)),
    ...(rows.length > limit && {
      nextCursor: encodeSortKey([last.since, String(last.id)]),
    }),
  };
}

/** Open items of the ids. */
export async function openByIds(
  db: Knex,
  ids: readonly string[],
  view: GrantView,
): Promise<Map<string, DriftRow>> {
  const numbers = ids.filter(id => /^\d{1,15}$/.test(id)).map(Number);
  const rows: DriftRow[] = await db<DriftRow>('drift_items')
    .whereIn('id', numbers)
    .whereNull('gone_at')
    .modify(query => whereDriftTold(query, db, view, 'id'));
  return new Map(rows.map(row => [String(row.id), row]));
}

function filtered(
  db: Knex,
  query: Pick<DriftQuery, 'accountId' | 'productRef'>,
  told: ToldDrift,
): Knex.QueryBuilder {
  return db('drift_items as d')
    .whereNull('d.gone_at')
    .modify(list => {
      if (query.accountId) list.where('d.account_id', query.accountId);
      if (query.productRef) list.where('d.product_ref', query.productRef);
      whereDriftTold(list, db, told.view, 'd.id');
      const { readable } = told;
      if (readable === 'all') return;
      // What is about an entitlement is seen by who may read that.
      list.where(inner =>
        inner.whereNull('d.entitlement_id').orWhereExists(of => {
          of.from('entitlements as e').whereRaw('e.id = d.entitlement_id');
          toWhere(of, readable, entitlementFacts);
        }),
      );
    });
}

async function countsOf(
  db: Knex,
  query: Pick<DriftQuery, 'accountId' | 'productRef'>,
  told: ToldDrift,
): Promise<Pick<DriftPage, 'counts' | 'atLeast'>> {
  const counts = { excess: 0, missing: 0, identity: 0, residue: 0 };
  const atLeast: DriftKind[] = [];
  for (const kind of kinds) {
    const [{ count }] = await db
      .from(
        filtered(db, query, told)
          .where('d.kind', kind)
          .select('d.id')
          // One more tells whether there are more.
          .limit(MOST_COUNTED + 1)
          .as('w'),
      )
      .count({ count: '*' });
    counts[kind] = Math.min(Number(count), MOST_COUNTED);
    if (Number(count) > MOST_COUNTED) atLeast.push(kind);
  }
  return { counts, atLeast };
}
