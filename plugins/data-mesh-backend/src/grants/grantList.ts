import type { Knex } from 'knex';
import type {
  Grant,
  GrantPage,
  GrantQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  refsOf,
  whereGrantTold,
  type GrantSeen,
  type GrantView,
} from '../sight';
import { byIds, firstOfIds } from '../store/grants/observedGrants';
import {
  encodeSortKey,
  readAll,
  readPage,
  type Branch,
  type WindowedList,
} from '../store/page';
import type { ObservedGrantRow } from '../store/tables';
import { whereWords } from '../store/whereWords';
import { toGrants } from './toGrants';

const TABLE = 'observed_grants';
/**
 * Products whose grants are read each by its own index. Of more, the list of
 * all grants is looked through in windows.
 */
const MOST_BRANCHES = 10;

/** Filters of a list of grants, without the place in it. */
export type GrantFilter = Omit<GrantQuery, 'limit' | 'cursor'>;

/** What a page is put together by; the rest of its rows is read in parts. */
type ListedRow = Pick<ObservedGrantRow, 'id' | 'principal' | 'resource_key'> & {
  /** Only in lists by product. */
  grant_id?: number | string;
};

const pageColumns = ['id', 'principal', 'resource_key'] as const;
const filteredColumns = [
  'target_id',
  'account_id',
  'database_name',
  'table_name',
  'because',
  'valid_from',
  'gone_at',
] as const;

/** Columns that a page and its filters need; without those that are large. */
const columnsFor = ({ q }: Pick<GrantFilter, 'q'>, prefix = ''): string[] =>
  [
    ...pageColumns,
    ...filteredColumns,
    ...(q?.trim() ? ['search_text'] : []),
  ].map(column => `${prefix}${column}`);

const idOf = (row: ListedRow) => row.grant_id ?? row.id;

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * A page, by principal and resource. It ends early where its grants are large.
 */
export async function listGrants(
  db: Knex,
  filter: GrantFilter,
  page: { limit: number; cursor?: string; window?: number },
  seen: GrantSeen,
): Promise<GrantPage> {
  const list = listOfGrants(db, filter, seen.view);
  const found = await readPage(db, list, page);
  const rows = await firstOfIds(db, found.rows.map(idOf));
  const nextCursor =
    rows.length < found.rows.length
      ? encodeSortKey(list.keyOf(found.rows[rows.length - 1]))
      : found.nextCursor;
  return {
    items: await toGrants(db, rows, seen),
    ...(nextCursor !== undefined && { nextCursor }),
  };
}

/** All that a filter finds, in batches. */
export async function* allGrants(
  db: Knex,
  filter: GrantFilter,
  seen: GrantSeen,
): AsyncGenerator<Grant[]> {
  const list = listOfGrants(db, filter, seen.view);
  for await (const found of readAll(db, list)) {
    for await (const rows of byIds(db, found.map(idOf))) {
      yield await toGrants(db, rows, seen);
    }
  }
}

/** How a filter is answered: by which index, and what is left to look for. */
export function listOfGrants(
  db: Knex,
  filter: GrantFilter,
  view: GrantView,
): WindowedList<ListedRow> {
  if (view !== 'all' && !isWithin(filter, view)) {
    return toldList(db, filter, view);
  }
  const wanted = equalitiesOf(filter);
  const becauses = filter.because ?? [];
  const { productRef, at, q } = filter;
  // One equality goes to an index: the one that leaves least. Most grants are
  // those of entitlements.
  const isRare = !(becauses.length === 1 && becauses[0] === 'entitlement');
  const leading =
    productRef === undefined && at === undefined
      ? [
          'principal',
          'table_name',
          'database_name',
          ...(isRare ? ['because'] : []),
          'target_id',
          'account_id',
          'because',
        ].find(column => wanted.some(([name]) => name === column))
      : undefined;
  const residual = wanted.filter(([column]) => column !== leading);
  const hasResidual =
    residual.length > 0 ||
    becauses.length > 1 ||
    at !== undefined ||
    Boolean(q?.trim());
  const order =
    productRef === undefined
      ? ['principal', 'resource_key', 'id']
      : ['p.principal', 'p.resource_key', 'p.grant_id'];
  return {
    order,
    columns:
      productRef === undefined ? pageColumns : [...pageColumns, 'grant_id'],
    keyOf: row => [
      row.principal,
      row.resource_key,
      Number(row.grant_id ?? row.id),
    ],
    source: () => {
      if (productRef === undefined) {
        const query = db<ListedRow>(TABLE);
        if (at === undefined) query.whereNull('gone_at');
        for (const [column, value] of wanted) {
          if (column === leading) query.where(column, value);
        }
        return query.select(columnsFor(filter));
      }
      const query = db('observed_grant_products as p')
        .join('observed_grants as g', 'g.id', 'p.grant_id')
        .where('p.product_ref', productRef);
      if (at === undefined) query.whereNull('p.gone_at');
      return query.select([...columnsFor(filter, 'g.'), 'p.grant_id']);
    },
    ...(hasResidual && {
      filter: query => whereLeft(query, filter, residual),
    }),
  };
}

/**
 * The same for who is told a part only: by the indexes of that part, or, where
 * it is large, out of all.
 */
function toldList(
  db: Knex,
  filter: GrantFilter,
  view: Told,
): WindowedList<ListedRow> {
  const { productRef, at, q } = filter;
  const equalities = equalitiesOf(filter);
  const hasFilter =
    equalities.length > 0 ||
    (filter.because ?? []).length > 1 ||
    productRef !== undefined ||
    at !== undefined ||
    Boolean(q?.trim());
  const isFew = view.products.length <= MOST_BRANCHES;
  return {
    order: ['principal', 'resource_key', 'id'],
    columns: pageColumns,
    keyOf: row => [row.principal, row.resource_key, Number(row.id)],
    source: () => {
      if (isFew) return branches(db, view, filter);
      const query = db<ListedRow>(TABLE);
      if (at === undefined) query.whereNull('gone_at');
      return query.select(columnsFor(filter));
    },
    ...((hasFilter || !isFew) && {
      filter: query => {
        whereLeft(query, filter, equalities);
        if (!isFew) {
          whereGrantTold(query, view, {
            principal: 'w.principal',
            id: 'w.id',
          });
        }
        if (productRef !== undefined) {
          query.whereIn('id', of =>
            of
              .from('observed_grant_products')
              .where({ product_ref: productRef })
              .select('grant_id'),
          );
        }
      },
    }),
  };
}

function branches(db: Knex, view: Told, { at, q }: GrantFilter): Branch[] {
  const held = db(TABLE).whereIn('principal', [...view.principals]);
  if (at === undefined) held.whereNull('gone_at');
  const ofProducts = refsOf(view).map(productRef => {
    const query = db('observed_grant_products as p')
      .join('observed_grants as g', 'g.id', 'p.grant_id')
      .where('p.product_ref', productRef);
    if (at === undefined) query.whereNull('p.gone_at');
    return {
      query: query.select(columnsFor({ q }, 'g.')),
      order: ['p.principal', 'p.resource_key', 'p.grant_id'],
    };
  });
  return [
    {
      query: held.select(columnsFor({ q })),
      order: ['principal', 'resource_key', 'id'],
    },
    ...ofProducts,
  ];
}

type Told = Exclude<GrantView, 'all'>;

/** Whether all that the filter finds is told. */
function isWithin({ principal, productRef }: GrantFilter, view: Told): boolean {
  return (
    (principal !== undefined && view.principals.includes(principal)) ||
    (productRef !== undefined && refsOf(view).includes(productRef))
  );
}

/** Columns that must have one value. */
function equalitiesOf(
  filter: GrantFilter,
): ReadonlyArray<readonly [string, string]> {
  const equal: { [column: string]: string | undefined } = {
    target_id: filter.targetId,
    account_id: filter.accountId,
    principal: filter.principal,
    database_name:
      filter.database === undefined ? undefined : lower(filter.database),
    table_name: filter.table === undefined ? undefined : lower(filter.table),
    because: filter.because?.length === 1 ? filter.because[0] : undefined,
  };
  return Object.entries(equal).flatMap(([column, value]) =>
    value === undefined ? [] : [[column, value] as const],
  );
}

/** What no index has answered. */
function whereLeft(
  query: Knex.QueryBuilder,
  { because = [], at, q }: GrantFilter,
  equalities: ReadonlyArray<readonly [string, string]>,
): void {
  for (const [column, value] of equalities) query.where(column, value);
  if (because.length > 1) query.whereIn('because', because);
  if (at !== undefined) whereHeldAt(query, at);
  if (q) whereWords(query, q);
}

/** From when it was seen until it was seen no more. */
export function whereHeldAt(query: Knex.QueryBuilder, at: string): void {
  const time = new Date(at).toISOString();
  query
    .where('valid_from', '<=', time)
    .where(inner => inner.whereNull('gone_at').orWhere('gone_at', '>', time));
}
