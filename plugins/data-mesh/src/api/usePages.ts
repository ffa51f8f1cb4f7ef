import { useCallback, useRef, useState } from 'react';
import { Loaded, useLoad } from './useLoad';

/** A list that grows page by page. */
export interface Pages<TItem, TPage = unknown>
  extends Loaded<{ items: TItem[]; more: boolean; last: TPage }> {
  loadMore(): void;
  loadingMore: boolean;
}

/**
 * Loads a list by cursor, each page once. A refresh loads as many pages as are
 * shown, so that nothing disappears under the reader. An undefined key loads
 * nothing.
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
  // How many pages are shown; a ref, since a refresh reads it when it runs.
  const shown = useRef({ key, pages: 1 });
  if (shown.current.key !== key) shown.current = { key, pages: 1 };

  const list = useLoad(key, async () => {
    const items: TItem[] = [];
    let page = await fetchPage(undefined);
    items.push(...page.items);
    let loaded = 1;
    // Read anew each time: somebody may ask for more in the meantime.
    while (loaded < shown.current.pages && page.nextCursor) {
      page = await fetchPage(page.nextCursor);
      items.push(...page.items);
      loaded += 1;
    }
    return { items, more: page.nextCursor !== undefined, last: page };
  });

  const { value, set, reload } = list;
  const latest = useRef({ value, fetchPage });
  latest.current = { value, fetchPage };
  const [loadingMore, setLoadingMore] = useState(false);
  const loadMore = useCallback(() => {
    const { value: before, fetchPage: fetchNext } = latest.current;
    if (!before?.last.nextCursor) return;
    setLoadingMore(true);
    shown.current.pages += 1;
    void (async () => {
      try {
        const page = await fetchNext(before.last.nextCursor);
        // A refresh that came in between has loaded that page too.
        if (latest.current.value === before) {
          set({
            items: [...before.items, ...page.items],
            more: page.nextCursor !== undefined,
            last: page,
          });
        }
      } catch {
        // The refresh tells what is wrong, in the place for it.
        await reload();
      } finally {
        setLoadingMore(false);
      }
    })();
  }, [reload, set]);
  return { ...list, loadMore, loadingMore };
}
