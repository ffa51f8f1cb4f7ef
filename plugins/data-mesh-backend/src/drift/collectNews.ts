import type { Knex } from 'knex';
import type { EntitlementRow } from '../entitlements/EntitlementRow';
import type { DriftNews } from '../notices/DriftNotices';
import type { DriftRow } from './DriftRow';

/**
 * Puts new drift together for those who are told: what is about a product in
 * one piece of news for each kind, what is about an entitlement by itself.
 */
export async function collectNews(options: {
  knex: Knex;
  rows: readonly DriftRow[];
  product(
    ref: string,
  ): Promise<{ title: string; ownerRef: string } | undefined>;
}): Promise<DriftNews[]> {
  const { knex, rows } = options;
  const ids = [...new Set(rows.flatMap(row => row.entitlement_id ?? []))];
  const entitlements: EntitlementRow[] = [];
  for (let start = 0; start < ids.length; start += 500) {
    entitlements.push(
      ...(await knex<EntitlementRow>('entitlements').whereIn(
        'id',
        ids.slice(start, start + 500),
      )),
    );
  }
  const byId = new Map(entitlements.map(row => [row.id, row]));
  const news = new Map<string, DriftNews>();
  for (const row of rows) {
    const entitlement = byId.get(row.entitlement_id ?? '');
    const key = JSON.stringify([
      row.kind,
      entitlement?.id ?? row.product_ref ?? null,
    ]);
    const known = news.get(key);
    if (known) {
      known.count += 1;
      delete known.words;
      continue;
    }
    news.set(key, {
      kind: row.kind,
      count: 1,
      ...(row.words && { words: row.words }),
      ...(row.product_ref !== null && { productRef: row.product_ref }),
      ...(entitlement && {
        entitlementId: entitlement.id,
        productRef: entitlement.product_ref,
        productTitle: entitlement.product_title,
        ownerRef: entitlement.product_owner_ref,
        requesterRef: entitlement.requester_ref,
        principalName: entitlement.principal_name,
      }),
    });
  }
  const products = new Map<
    string,
    { title: string; ownerRef: string } | undefined
  >();
  for (const one of news.values()) {
    const { productRef } = one;
    if (productRef === undefined || one.ownerRef !== undefined) continue;
    if (!products.has(productRef)) {
      products.set(productRef, await options.product(productRef));
    }
    const found = products.get(productRef);
    one.productTitle = found?.title ?? productRef;
    if (found) one.ownerRef = found.ownerRef;
  }
  return [...news.values()];
}
