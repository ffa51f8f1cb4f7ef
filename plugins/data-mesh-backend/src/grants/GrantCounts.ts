import type { Knex } from 'knex';
import { refsOf, type GrantView } from '../sight';
import type { ObservedGrantRow } from '../store/tables';
import type { PortIndex } from './PortIndex';

/** What grants are counted by. */
export type Pivot = 'product' | 'principal' | 'account';

/** More than this is counted anew as a whole. */
const MOST = 300;

/** Groups whose grants have changed. */
export class ChangedGroups {
  readonly #groups: { [P in Pivot]: Set<string> } = {
    product: new Set(),
    principal: new Set(),
    account: new Set(),
  };

  add(
    row: Pick<ObservedGrantRow, 'principal' | 'account_id'>,
    ...products: readonly string[]
  ): void {
    const { product, principal, account } = this.#groups;
    // Beyond the limit it does not matter which ones.
    if (product.size <= MOST) products.forEach(one => product.add(one));
    if (principal.size <= MOST) principal.add(row.principal);
    if (row.account_id !== null && account.size <= MOST) {
      account.add(row.account_id);
    }
  }

  get isEmpty(): boolean {
    return Object.values(this.#groups).every(group => group.size === 0);
  }

  of(pivot: Pivot): string[] | 'all' {
    const group = this.#groups[pivot];
    return group.size > MOST ? 'all' : [...group];
  }
}

const isUnexplained = `sum(case when g.because = 'unexplained' or g.excess is not null then 1 else 0 end)`;

const isMore = `sum(case when g.because = 'approved-and-more' then 1 else 0 end)`;

const columns: { [P in Pivot]: string } = {
  product: 'p.product_ref',
  principal: 'g.principal',
  account: 'g.account_id',
};

/**
 * Counts the live grants of each product, principal and account, for lists
 * that could not count a million rows for each page.
 */
export async function refreshCounts(
  knex: Knex,
  changed: ChangedGroups,
  ports?: PortIndex,
): Promise<void> {
  if (changed.isEmpty) return;
  await knex.transaction(async tx => {
    // One at a time: two that count the same group would both insert it.
    await tx('scan_clock').where({ id: 1 }).forUpdate().first();
    for (const pivot of ['product', 'principal', 'account'] as const) {
      await recount(tx, pivot, changed.of(pivot), ports);
    }
  });
}

async function recount(
  tx: Knex.Transaction,
  pivot: Pivot,
  groups: string[] | 'all',
  ports?: PortIndex,
): Promise<void> {
  if (groups.length === 0) return;
  const titles: Array<{ group_ref: string; title: string }> = await tx(
    'grant_counts',
  )
    .where({ pivot: 'product' })
    .modify(query => {
      if (groups !== 'all') query.whereIn('group_ref', groups);
    })
    .select('group_ref', 'title');
  await tx('grant_counts')
    .where({ pivot })
    .modify(query => {
      if (groups !== 'all') query.whereIn('group_ref', groups);
    })
    .delete();
  const column = columns[pivot];
  const counted =
    pivot === 'product'
      ? tx('observed_grant_products as p')
          .join('observed_grants as g', 'g.id', 'p.grant_id')
          .whereNull('p.gone_at')
      : tx('observed_grants as g').whereNull('g.gone_at').whereNotNull(column);
  if (groups !== 'all') counted.whereIn(column, groups);
  await tx(
    tx.raw('?? (??, ??, ??, ??, ??, ??, ??)', [
      'grant_counts',
      'pivot',
      'group_ref',
      'title',
      'grants',
      'unexplained',
      'more',
      'rank',
    ]),
  ).insert(
    counted
      .groupBy(column)
      .select(
        tx.raw('cast(? as varchar(16))', [pivot]),
        column,
        column,
        tx.raw('count(*)'),
        tx.raw(isUnexplained),
        tx.raw(isMore),
        tx.raw(`-${isUnexplained}`),
      ),
  );
  if (pivot !== 'product') return;
  const old = new Map<string, string>(
    titles.map(row => [row.group_ref, row.title]),
  );
  const rows: Array<{ group_ref: string; title: string }> = await tx(
    'grant_counts',
  )
    .where({ pivot })
    .modify(query => {
      if (groups !== 'all') query.whereIn('group_ref', groups);
    })
    .select('group_ref', 'title');
  for (const row of rows) {
    const title = ports?.titleOf(row.group_ref) ?? old.get(row.group_ref);
    if (title !== undefined && title !== row.title) {
      await tx('grant_counts')
        .where({ pivot, group_ref: row.group_ref })
        .update({ title });
    }
  }
}

/**
 * The same, counted now, of the grants that somebody is told of. Reads these
 * only: by principal and by product there is an index.
 */
export function countOfTold(
  knex: Knex,
  pivot: Pivot,
  view: Exclude<GrantView, 'all'>,
): Knex.QueryBuilder {
  const told = knex('observed_grants')
    .whereNull('gone_at')
    .whereIn('principal', [...view.principals])
    .select('id')
    .union([
      knex('observed_grant_products')
        .whereNull('gone_at')
        .whereIn('product_ref', refsOf(view))
        .select('grant_id'),
    ]);
  const column = columns[pivot];
  const counted = knex('observed_grants as g')
    .whereIn('g.id', told)
    .whereNull('g.gone_at')
    .whereNotNull(column);
  if (pivot === 'product') {
    counted.join('observed_grant_products as p', 'p.grant_id', 'g.id');
    counted.whereNull('p.gone_at');
  }
  return counted
    .leftJoin('grant_counts as c', join => {
      join.on('c.group_ref', column).andOnVal('c.pivot', pivot);
    })
    .groupBy(column)
    .select(
      knex.raw('? as pivot', [pivot]),
      knex.raw('?? as group_ref', [column]),
      knex.raw('coalesce(max(c.title), ??) as title', [column]),
      knex.raw('count(*) as grants'),
      knex.raw(`${isUnexplained} as unexplained`),
      knex.raw(`${isMore} as more`),
      knex.raw(`-${isUnexplained} as rank`),
    );
}
