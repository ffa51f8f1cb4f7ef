import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { OwnProduct } from '../catalog/productsInChargeOf';
import type { Caller } from '../identity/Caller';
import type { Governance } from '../people';
import type { EntitlementResource } from '../permissions';
import type { RecordSight } from './RecordSight';

/**
 * Whose grants are told: all, or those of some principals and those on some
 * products.
 */
export type GrantView =
  | 'all'
  | {
      principals: readonly string[];
      /** What is published of the products that somebody is in charge of. */
      products: readonly OwnProduct[];
      /** Those products, and those of which nothing is published. */
      inChargeOf?: readonly string[];
    };

/** What of grants, and of the decisions behind them, somebody may see. */
export interface GrantSeen {
  view: GrantView;
  entitlement(resource: EntitlementResource): boolean;
}

/** For what the plugin does by itself, and for tests of what it reads. */
export const seesAll: GrantSeen = { view: 'all', entitlement: () => true };

/** Words for a decision that is not told. */
export const hiddenEntitlement = 'An entitlement that you may not see';

/**
 * Who may see which grants, besides the permission to see any: governance and
 * auditors all, the owners of a product and of its domain those on what is
 * published of it, everybody
 * those of their own principals. A grant that nobody approved is a weak spot of
 * the lake: nobody else is told of it.
 */
export class GrantSight {
  readonly #governance: Pick<Governance, 'seesAll'>;
  readonly #catalog: Pick<MeshCatalog, 'productsInChargeOf' | 'entitiesOf'>;
  readonly #principals: {
    availableTo(caller: Caller): Promise<ReadonlyArray<{ id: string }>>;
  };
  readonly #entitlements: Pick<RecordSight<EntitlementResource>, 'judge'>;
  readonly #lastOwnedBy: (refs: readonly string[]) => Promise<string[]>;
  readonly #publishedOf: (
    products: readonly OwnProduct[],
  ) => Promise<OwnProduct[]>;

  constructor(options: {
    governance: Pick<Governance, 'seesAll'>;
    catalog: Pick<MeshCatalog, 'productsInChargeOf' | 'entitiesOf'>;
    principals: {
      availableTo(caller: Caller): Promise<ReadonlyArray<{ id: string }>>;
    };
    entitlements: Pick<RecordSight<EntitlementResource>, 'judge'>;
    /** Products with live access whose last known owner is one of them. */
    lastOwnedBy(refs: readonly string[]): Promise<string[]>;
    /** What is published of products: anybody may name any table. */
    publishedOf(products: readonly OwnProduct[]): Promise<OwnProduct[]>;
  }) {
    this.#governance = options.governance;
    this.#catalog = options.catalog;
    this.#principals = options.principals;
    this.#entitlements = options.entitlements;
    this.#lastOwnedBy = refs => options.lastOwnedBy(refs);
    this.#publishedOf = products => options.publishedOf(products);
  }

  async of(caller: Caller): Promise<GrantSeen> {
    const [view, entitlement] = await Promise.all([
      this.view(caller),
      this.#entitlements.judge(caller),
    ]);
    return { view, entitlement };
  }

  async view(caller: Caller): Promise<GrantView> {
    const { ownershipRefs } = caller;
    if (this.#governance.seesAll(caller)) return 'all';
    const [principals, present, last] = await Promise.all([
      this.#principals.availableTo(caller),
      this.#catalog.productsInChargeOf(ownershipRefs),
      this.#lastOwnedBy(ownershipRefs),
    ]);
    // Who owned it last counts only where nobody owns it now.
    const known = await this.#catalog.entitiesOf(last);
    const vanished = last.filter(ref => !known.has(ref));
    const published = await this.#publishedOf(present);
    return {
      inChargeOf: present.map(product => product.productRef),
      principals: [...new Set(principals.map(one => one.id))],
      products: [
        ...published,
        ...vanished.map(productRef => ({
          productRef,
          title: productRef,
          ports: [],
        })),
      ],
    };
  }
}
