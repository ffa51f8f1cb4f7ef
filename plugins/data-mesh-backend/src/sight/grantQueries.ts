import type { Knex } from 'knex';
import type { GrantView } from './GrantSight';

type Narrow = Exclude<GrantView, 'all'>;

export const refsOf = ({ products }: Narrow): string[] =>
  products.map(product => product.productRef);

/** Whether a grant is told, by its principal and the products it is about. */
export function isTold(
  view: GrantView,
  grant: { principal: string; productRefs: readonly string[] },
): boolean {
  if (view === 'all' || view.principals.includes(grant.principal)) return true;
  const refs = new Set(refsOf(view));
  return grant.productRefs.some(ref => refs.has(ref));
}

/**
 * Leaves the grants that are told.
 *
 * @param columns - where the query has the principal and the id of the grant
 */
export function whereGrantTold(
  query: Knex.QueryBuilder,
  view: GrantView,
  columns: { principal: string; id: string },
): void {
  if (view === 'all') return;
  query.where(inner =>
    inner
      .whereIn(columns.principal, [...view.principals])
      // Correlated: it is asked of the rows of a window, not of all products.
      .orWhereExists(of =>
        of
          .from('observed_grant_products as told')
          .whereRaw('?? = ??', ['told.grant_id', columns.id])
          .whereIn('told.product_ref', refsOf(view)),
      ),
  );
}

/** By the subject that `syncGrantDrift` makes, which is indexed. */
const sameGrant = (knex: Knex) => (join: Knex.JoinClause) =>
  join
    .on(knex.raw(`i.subject = g.target_id || ' ' || g.grant_key`))
    .onIn('i.kind', ['excess', 'residue']);

/**
 * Leaves the drift that is told: on own products, and about what own principals
 * hold or should hold.
 *
 * @param id - column with the id of the item
 */
export function whereDriftTold(
  query: Knex.QueryBuilder,
  knex: Knex,
  view: GrantView,
  id: string,
): void {
  if (view === 'all') return;
  const refs = refsOf(view);
  const principals = [...view.principals];
  // Each part by an index of its own; an OR over them would read all items.
  const items = knex('drift_items')
    .whereNull('gone_at')
    .whereIn('product_ref', refs)
    .select('id')
    .union([
      knex('drift_items as i')
        .join('entitlements as e', 'e.id', 'i.entitlement_id')
        .whereNull('i.gone_at')
        .whereIn('e.principal', principals)
        .select('i.id'),
      knex('drift_items as i')
        .join('observed_grants as g', sameGrant(knex))
        .whereNull('i.gone_at')
        .whereNull('g.gone_at')
        .whereIn('g.principal', principals)
        .select('i.id'),
      knex('drift_items as i')
        .join('observed_grants as g', sameGrant(knex))
        .join('observed_grant_products as p', 'p.grant_id', 'g.id')
        .whereNull('i.gone_at')
        .whereNull('g.gone_at')
        .whereNull('p.gone_at')
        .whereIn('p.product_ref', refs)
        .select('i.id'),
    ]);
  query.whereIn(id, items);
}
