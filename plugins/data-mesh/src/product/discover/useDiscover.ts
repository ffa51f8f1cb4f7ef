import { useDeferredValue, useMemo } from 'react';
import {
  createProductIndex,
  DataProductEntity,
  ProductUsage,
  searchProducts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad, useMe } from '../../api';
import { useProducts } from '../../api/useProducts';
import { fullRef } from '../../components';
import type { DiscoverState } from './useDiscoverState';
import { useMyDomains } from './useMyDomains';

const nothing = createProductIndex([]);

/**
 * The products that a search finds. Their order depends on who uses what and on
 * whose domains these are, so that nothing is shown before this is known: what
 * is read does not move.
 */
export function useDiscover(state: DiscoverState) {
  const { text, exact, sort, filters } = state;
  const dataMesh = useDataMesh();
  const products = useProducts();
  const usage = useLoad('usage', () => dataMesh.listProductUsage());
  const me = useMe();
  const domains = useMyDomains();
  const usageByRef = useMemo(
    () =>
      new Map<string, ProductUsage>(
        usage.value?.items.map(item => [item.productRef, item]),
      ),
    [usage.value],
  );

  // Typing stays quick while many products are searched.
  const search = useDeferredValue(text);
  const result = useMemo(
    () =>
      searchProducts(products.index ?? nothing, {
        text: search,
        exact,
        filters,
        sort,
        usage: usageByRef,
        preferredDomains: domains.value,
      }),
    [products.index, search, exact, filters, sort, usageByRef, domains.value],
  );

  const groups = me.value?.ownershipRefs;
  return {
    products,
    usage,
    usageByRef,
    search,
    result,
    loading: products.loading || usage.loading || domains.loading || me.loading,
    owns: ({ spec, metadata }: DataProductEntity) =>
      groups?.includes(
        fullRef(spec.owner, 'group', metadata.namespace).toLocaleLowerCase(
          'en-US',
        ),
      ) ?? false,
  };
}
