import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import { principalOf } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { DriftNews } from '../events';
import type { DriftRow } from '../store/tables';

/**
 * Puts new drift together for those who are told: what is about a product in
 * one piece of news for each kind, what is about an entitlement by itself.
 */
export class NewsCollector {
  readonly #knex: Knex;
  readonly #news = new Map<string, DriftNews>();

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add(rows: readonly DriftRow[]): Promise<void> {
    const ids = [...new Set(rows.flatMap(row => row.entitlement_id ?? []))];
    const entitlements = await this.#knex<EntitlementRow>(
      'entitlements',
    ).whereIn('id', ids);
    const byId = new Map(entitlements.map(row => [row.id, row]));
    for (const row of rows) {
      const entitlement = byId.get(row.entitlement_id ?? '');
      const key = JSON.stringify([
        row.kind,
        entitlement?.id ?? row.product_ref ?? null,
      ]);
      const known = this.#news.get(key);
      if (known) {
        known.count += 1;
        delete known.words;
      } else {
        this.#news.set(key, newsOf(row, entitlement));
      }
    }
  }

  /** All that was added, with the names of the products. */
  async finish(
    findProduct: (
      ref: string,
    ) => Promise<{ title: string; ownerRef: string } | undefined>,
  ): Promise<DriftNews[]> {
    const found = new Map<string, ReturnType<typeof findProduct>>();
    const all: DriftNews[] = [];
    for (const one of this.#news.values()) {
      const { productRef } = one;
      if (productRef === undefined || one.ownerRef !== undefined) {
        all.push(one);
        continue;
      }
      const product = found.get(productRef) ?? findProduct(productRef);
      found.set(productRef, product);
      const { title = productRef, ownerRef } = (await product) ?? {};
      all.push({ ...one, productTitle: title, ...(ownerRef && { ownerRef }) });
    }
    return all;
  }
}

function newsOf(
  row: DriftRow,
  entitlement: EntitlementRow | undefined,
): DriftNews {
  return {
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
      principalWords: principalInWords(principalOf(entitlement)),
    }),
  };
}
