import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  isDataProductEntity,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded, useLoad } from './useLoad';

/**
 * A data product of the catalog, not refreshed under the hands of somebody who
 * fills something in. Without an entity where the catalog has no such product;
 * an undefined reference loads nothing.
 */
export function useProduct(
  productRef: string | undefined,
): Loaded<{ entity?: DataProductEntity }> {
  const catalog = useApi(catalogApiRef);
  return useLoad(
    productRef && `product ${productRef}`,
    async () => {
      const entity = productRef && (await catalog.getEntityByRef(productRef));
      return entity && isDataProductEntity(entity) ? { entity } : {};
    },
    { live: false },
  );
}
