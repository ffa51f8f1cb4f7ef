import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  DATA_PRODUCT_KIND,
  isDataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useLoad } from '../api';

/** The products of a domain that the caller may see, by name. */
export function useDomainProducts(domainRef: string) {
  const catalogApi = useApi(catalogApiRef);
  return useLoad(
    `products of ${domainRef}`,
    async () => {
      const { items, totalItems } = await catalogApi.queryEntities({
        filter: { kind: DATA_PRODUCT_KIND, 'relations.partOf': domainRef },
        orderFields: { field: 'metadata.name', order: 'asc' },
        limit: 50,
      });
      return { items: items.filter(isDataProductEntity), total: totalItems };
    },
    { live: false },
  );
}
