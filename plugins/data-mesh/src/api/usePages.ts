import { useCallback, useMemo } from 'react';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import {
  asError,
  freshness,
  useSignalledQueries,
  type Loaded,
} from './useLoad';

/** A list that grows page by page. */
export interface Pages<TItem, TPage = unknown>
  extends Omit<Loaded<{ items: TItem[]; more: boolean; last: TPage }>, 'set'> {
  loadMore(): void;
  loadingMore: boolean;
}

/**
 * Loads a list by cursor, each page once. A refresh loads as many pages as are
 * shown, so that nothing disappears under the reader. An undefined key loads
 * nothing.
 *
 * @param fetchPage - one page; what it holds beside items is kept of the last
 * @param options - `keepsLast`: the list of the key before is shown until that
 *   of a new key is here
 */
export function usePages<
  TItem,
  TPage extends { items: TItem[]; nextCursor?: string },
>(
  key: string | undefined,
  fetchPage: (
    cursor: string | undefined,
  ) => Promise<TPage & { items: TItem[]; nextCursor?: string }>,
  options: { keepsLast?: boolean } = {},
): Pages<TItem, TPage> {
  const { client } = useSignalledQueries();
  const query = useInfiniteQuery(
    {
      queryKey: [key],
      queryFn: ({ pageParam }) => fetchPage(pageParam),
      initialPageParam: undefined as string | undefined,
      getNextPageParam: page => page.nextCursor,
      enabled: key !== undefined,
      ...(options.keepsLast && { placeholderData: keepPreviousData }),
      ...freshness({}),
    },
    client,
  );
  const { data, error, isFetching, refetch } = query;
  const { fetchNextPage, isFetchingNextPage, isFetchNextPageError } = query;

  const value = useMemo(() => {
    const last = data?.pages.at(-1);
    return (
      data &&
      last && {
        items: data.pages.flatMap(({ items }) => items),
        more: last.nextCursor !== undefined,
        last,
      }
    );
  }, [data]);
  // Where only the next page is missing, that is what is tried again.
  const again = isFetchNextPageError ? fetchNextPage : refetch;
  const reload = useCallback(async () => {
    if (key !== undefined) await again();
  }, [key, again]);
  // The next page of the list before is none of this list.
  const isOfAnother = query.isPlaceholderData;
  const loadMore = useCallback(() => {
    if (!isOfAnother) void fetchNextPage();
  }, [isOfAnother, fetchNextPage]);

  return {
    value,
    error: error === null ? undefined : asError(error),
    loading: key !== undefined && !data && !error,
    reloading: isFetching,
    reload,
    loadMore,
    loadingMore: isFetchingNextPage,
  };
}
