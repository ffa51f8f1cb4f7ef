import { useCallback, useEffect, useRef, useState } from 'react';
import { Loaded, useLoad } from './useLoad';

/** A list that grows page by page. */
export interface Pages<TItem, TPage = unknown>
  extends Loaded<{ items: TItem[]; more: boolean; last: TPage }> {
  loadMore(): void;
  loadingMore: boolean;
}

/**
 * Loads a list by cursor. A refresh loads as many pages as are shown, so that
 * nothing disappears under the reader. An undefined key loads nothing.
 *
 * @param fetchPage - one page; what it holds beside items is kept of the last
 */
export function usePages<
  TItem,
  TPage extends { items: TItem[]; nextCursor?: string },
>(
  key: string | undefined,
  fetchPage: (
    cursor: string | undefined,
  ) => Promise<TPage & { items: TItem[]; nextCursor?: string }>,
): Pages<TItem, TPage> {
  const [wanted, setWanted] = useState({ key, pages: 1 });
  const pages = wanted.key === key ? wanted.pages : 1;

  const list = useLoad(key, async () => {
    const items: TItem[] = [];
    let page = await fetchPage(undefined);
    items.push(...page.items);
    for (let loaded = 1; loaded < pages && page.nextCursor; loaded += 1) {
      page = await fetchPage(page.nextCursor);
      items.push(...page.items);
    }
    return { items, more: page.nextCursor !== undefined, last: page };
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
