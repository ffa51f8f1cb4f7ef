import { useApi } from '@backstage/core-plugin-api';
import { CatalogApi, catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  DATA_PRODUCT_KIND,
  DataProductEntity,
  isDataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useLoad } from './useLoad';

/** Coming back shows them at once. */
const KEEP_MS = 60_000;

/** Relations and the rest stay behind. */
const fields = [
  'apiVersion',
  'kind',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.tags',
  'spec',
];

/** All data products that the caller may see, page by page. */
export async function fetchProducts(
  catalogApi: CatalogApi,
): Promise<DataProductEntity[]> {
  const products: DataProductEntity[] = [];
  let cursor: string | undefined;
  do {
    const page: Awaited<ReturnType<CatalogApi['queryEntities']>> =
      await catalogApi.queryEntities(
        cursor
          ? { cursor, fields, limit: 500 }
          : { filter: { kind: DATA_PRODUCT_KIND }, fields, limit: 500 },
      );
    products.push(...page.items.filter(isDataProductEntity));
    cursor = page.pageInfo.nextCursor;
  } while (cursor);
  return products;
}

/** All products, for those who choose one of them. */
export function useProducts() {
  const catalogApi = useApi(catalogApiRef);
  // Signals of the mesh say nothing about the catalog.
  return useLoad('products', () => fetchProducts(catalogApi), {
    live: false,
    keepMs: KEEP_MS,
  });
}
