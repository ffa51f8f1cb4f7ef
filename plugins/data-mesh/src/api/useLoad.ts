import { useCallback, useEffect } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';
import { useQuery } from '@tanstack/react-query';
import { useMeshQueries } from './meshQueries';

/** The channel on which the backend says that something changed. */
export const SIGNAL_CHANNEL = 'data-mesh';

/** What {@link useLoad} knows. */
export interface Loaded<T> {
  /** The last value; it stays while a new one is on its way. */
  value?: T;
  /** Why the last attempt failed. Gone as soon as one succeeds. */
  error?: Error;
  /** True until there is a first value or error. */
  loading: boolean;
  /** True while a load is on its way, also the later ones. */
  reloading: boolean;
  /** Loads again now; resolves when that is through. */
  reload(): Promise<void>;
  /** Puts a value in place, such as the answer of a write. */
  set(value: T): void;
}

/** How a value is kept fresh. */
export interface LoadOptions<T> {
  /** True while the value will change by itself soon. */
  pollWhile?: (value: T) => boolean;
  pollMs?: number;
  /**
   * False for values that the backend's signals say nothing about, and which
   * must not change under the hands of the reader.
   */
  live?: boolean;
  /**
   * For how many milliseconds a value that is not live serves the next who
   * asks; 0 where it must be asked for anew.
   */
  keepMs?: number;
}

/**
 * Where signals do not come through, as behind a proxy without WebSockets, a
 * page is no older than this.
 */
const AT_LEAST_EVERY_MS = 30_000;

/** Of all queries: {@link useLoad} and {@link usePages} keep alike. */
export function freshness(options: { live?: boolean; keepMs?: number }) {
  const { live = true, keepMs = 0 } = options;
  return live
    ? {
        meta: { live },
        refetchOnWindowFocus: 'always' as const,
        refetchInterval: AT_LEAST_EVERY_MS,
      }
    : {
        meta: { live },
        refetchOnWindowFocus: false,
        staleTime: keepMs,
        gcTime: keepMs,
      };
}

/** Loads again what is live, when the backend signals a change. */
export function useSignalledQueries() {
  const queries = useMeshQueries();
  const { lastSignal } = useSignal(SIGNAL_CHANNEL);
  useEffect(() => {
    if (lastSignal) queries.onSignal(lastSignal);
  }, [queries, lastSignal]);
  return queries;
}

export function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}

/**
 * Loads a value and keeps it fresh: when the key changes, when the backend
 * signals a change, when the window is looked at again, now and then, and often
 * while `pollWhile` says that something is under way. What was loaded before is
 * shown until then. An undefined key loads nothing.
 *
 * @param key - what the value is; the same key means the same value everywhere
 */
export function useLoad<T>(
  key: string | undefined,
  fn: () => Promise<T>,
  options: LoadOptions<T> = {},
): Loaded<T> {
  const { pollWhile, pollMs = 2_000, live = true } = options;
  const calm = live ? AT_LEAST_EVERY_MS : false;
  const { client } = useSignalledQueries();
  const query = useQuery(
    {
      queryKey: [key],
      queryFn: fn,
      enabled: key !== undefined,
      ...freshness(options),
      refetchInterval: ({ state: { data } }) =>
        data !== undefined && pollWhile?.(data) ? pollMs : calm,
    },
    client,
  );
  const { data, error, isFetching, refetch } = query;

  const reload = useCallback(async () => {
    if (key !== undefined) await refetch();
  }, [key, refetch]);
  const set = useCallback(
    (value: T) => {
      if (key === undefined) return;
      // What is on its way was asked before this was known.
      void client.cancelQueries({ queryKey: [key] }, { silent: true });
      client.setQueryData([key], value);
    },
    [client, key],
  );

  return {
    value: data,
    error: error === null ? undefined : asError(error),
    loading: key !== undefined && data === undefined && !error,
    reloading: isFetching,
    reload,
    set,
  };
}
