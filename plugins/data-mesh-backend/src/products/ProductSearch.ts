import {
  productSearchPage,
  type ProductSearchPage,
  type ProductSearchQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import type { ProductUsageReader } from './ProductUsageReader';
import type { SearchedProducts } from './SearchedProducts';

/** Finds products for a caller, with how the caller stands to each. */
export class ProductSearch {
  readonly #products: Pick<SearchedProducts, 'visibleTo'>;
  readonly #usage: Pick<ProductUsageReader, 'list'>;
  readonly #catalog: Pick<MeshCatalog, 'domains'>;

  constructor(options: {
    products: Pick<SearchedProducts, 'visibleTo'>;
    usage: Pick<ProductUsageReader, 'list'>;
    catalog: Pick<MeshCatalog, 'domains'>;
  }) {
    this.#products = options.products;
    this.#usage = options.usage;
    this.#catalog = options.catalog;
  }

  async find(
    caller: Caller,
    query: ProductSearchQuery,
  ): Promise<ProductSearchPage> {
    const { ownershipRefs } = caller;
    const [{ index, isVisible }, usage, domains] = await Promise.all([
      this.#products.visibleTo(caller.credentials),
      this.#usage.list(caller),
      this.#catalog.domains(),
    ]);
    return productSearchPage(index, query, {
      usage: new Map(usage.map(one => [one.productRef, one])),
      ownershipRefs,
      ownDomains: domains
        .filter(({ ownerRef }) => ownerRef && ownershipRefs.includes(ownerRef))
        .map(({ domainRef }) => domainRef),
      isVisible,
    });
  }
}
