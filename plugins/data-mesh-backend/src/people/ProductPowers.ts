import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { Governance } from './Governance';

/** A product that something held is about. */
export interface ProductConcerned {
  productRef: string;
  /** Who owned it last. Holds where it has left the catalog. */
  lastOwnerRef?: string;
}

/**
 * Power over what others hold of a product: its present owner has it, and
 * governance over all products. It never replaces a permission.
 */
export class ProductPowers {
  readonly #governance: Governance;
  readonly #catalog: Pick<MeshCatalog, 'homesOf'>;

  constructor(options: {
    governance: Governance;
    catalog: Pick<MeshCatalog, 'homesOf'>;
  }) {
    this.#governance = options.governance;
    this.#catalog = options.catalog;
  }

  get governance(): Governance {
    return this.#governance;
  }

  /** The products on which the caller may act. One look-up for all. */
  async among(
    caller: Caller,
    products: Iterable<ProductConcerned>,
  ): Promise<ReadonlySet<string>> {
    const all = [...products];
    if (this.#governance.isGovernance(caller)) {
      return new Set(all.map(product => product.productRef));
    }
    const homes = await this.#catalog.homesOf(all.map(one => one.productRef));
    return new Set(
      all
        .filter(({ productRef, lastOwnerRef }) => {
          const owner = homes.get(productRef)?.ownerRef ?? lastOwnerRef;
          return owner !== undefined && caller.ownershipRefs.includes(owner);
        })
        .map(product => product.productRef),
    );
  }

  /** Why the caller may not. @param what - as in "Adopting a grant" */
  refusal({ userRef }: Caller, what: string): string {
    const { refs } = this.#governance;
    return `${what} is for the owner of its product and for data governance; ${userRef} is neither (dataMesh.governance names ${
      refs.length > 0 ? refs.join(', ') : 'nobody'
    })`;
  }
}
