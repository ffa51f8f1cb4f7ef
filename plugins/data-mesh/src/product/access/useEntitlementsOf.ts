import { useEffect, useState } from 'react';
import {
  Entitlement,
  isUnderWay,
  liveEntitlementStates,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useSearchParams } from 'react-router-dom';
import { useDataMesh, useLoad } from '../../api';

const PAGE = 50;

/** The entitlements on a product, page after page as they are asked for. */
export function useEntitlementsOf(productRef: string) {
  const dataMesh = useDataMesh();
  const [params, setParams] = useSearchParams();
  const former = params.get('former') === '1';
  const [pages, setPages] = useState(1);

  const loaded = useLoad(
    `entitlements ${productRef} ${former}`,
    async () => {
      const items: Entitlement[] = [];
      let cursor: string | undefined;
      for (let page = 0; page < pages; page += 1) {
        const answer = await dataMesh.listEntitlements({
          productRef,
          state: former ? undefined : [...liveEntitlementStates],
          limit: PAGE,
          cursor,
        });
        items.push(...answer.items);
        cursor = answer.nextCursor;
        if (!cursor) break;
      }
      return { items, more: cursor !== undefined };
    },
    { pollWhile: ({ items }) => items.some(isUnderWay) },
  );

  // The key stays, so that the rows stay while more of them come.
  const { reload } = loaded;
  useEffect(() => {
    if (pages > 1) void reload();
  }, [pages, reload]);

  return {
    ...loaded,
    former,
    setFormer: (value: boolean) =>
      setParams(before => {
        const next = new URLSearchParams(before);
        if (value) next.set('former', '1');
        else next.delete('former');
        return next;
      }),
    showMore: () => setPages(pages + 1),
  };
}

/** See {@link useEntitlementsOf}. */
export type EntitlementsOfProduct = ReturnType<typeof useEntitlementsOf>;
