import { useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  isDataProductEntity,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useLoad } from '../../api';
import { aboutOf, type AccessItem } from './accessItems';

const KEEP_MS = 60_000;

/**
 * The products that items are about, by reference: how much of a port is read,
 * and what the port is called.
 */
export function useProductsOf(
  items: readonly AccessItem[] = [],
): ReadonlyMap<string, DataProductEntity> | undefined {
  const catalog = useApi(catalogApiRef);
  const refs = useMemo(
    () => [...new Set(items.map(item => aboutOf(item).productRef))].sort(),
    [items],
  );
  return useLoad(
    refs.length ? `products of my access ${refs.join(' ')}` : undefined,
    async () => {
      const found = await catalog.getEntitiesByRefs({
        entityRefs: refs,
        fields: ['apiVersion', 'kind', 'metadata', 'spec'],
      });
      const byRef = new Map<string, DataProductEntity>();
      found.items.forEach((entity, index) => {
        if (entity && isDataProductEntity(entity)) {
          byRef.set(refs[index], entity);
        }
      });
      return byRef;
    },
    { live: false, keepMs: KEEP_MS },
  ).value;
}
