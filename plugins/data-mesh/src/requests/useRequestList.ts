import { useCallback, useEffect, useRef, useState } from 'react';
import type {
  AccessRequest,
  RequestQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded, useDataMesh, useLoad } from '../api';

/** A list of requests that grows page by page. */
export interface RequestList
  extends Loaded<{ items: AccessRequest[]; more: boolean }> {
  loadMore(): void;
  loadingMore: boolean;
}

const PAGE = 50;

/**
 * Loads requests by cursor. A refresh loads as many pages as are shown, so that
 * nothing disappears under the reader.
 */
export function useRequestList(query: RequestQuery): RequestList {
  const api = useDataMesh();
  const key = JSON.stringify(query);
  const [wanted, setWanted] = useState({ key, pages: 1 });
  const pages = wanted.key === key ? wanted.pages : 1;

  const list = useLoad(`requests ${key}`, async () => {
    const items: AccessRequest[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < pages; page += 1) {
      const answer = await api.listRequests({ ...query, limit: PAGE, cursor });
      items.push(...answer.items);
      cursor = answer.nextCursor;
      if (!cursor) break;
    }
    return { items, more: cursor !== undefined };
  });

  const { reload } = list;
  const loaded = useRef(1);
  const [loadingMore, setLoadingMore] = useState(false);
  useEffect(() => {
    const grown = pages > loaded.current;
    loaded.current = pages;
    if (!grown) return;
    setLoadingMore(true);
    void reload().finally(() => setLoadingMore(false));
  }, [pages, reload]);

  const loadMore = useCallback(
    () => setWanted({ key, pages: pages + 1 }),
    [key, pages],
  );
  return { ...list, loadMore, loadingMore };
}
