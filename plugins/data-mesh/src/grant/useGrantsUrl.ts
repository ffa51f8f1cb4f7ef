import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { GrantsUrl, readGrantsUrl, writeGrantsUrl } from './grantsUrl';

/** Changes a part of the URL. */
export type ChangeGrantsUrl = (
  change: Partial<GrantsUrl>,
  options?: { replace?: boolean },
) => void;

/** The URL as the state of the grants page. */
export function useGrantsUrl(): [GrantsUrl, ChangeGrantsUrl] {
  const [search, setSearch] = useSearchParams();
  const url = useMemo(() => readGrantsUrl(search), [search]);
  const change: ChangeGrantsUrl = useCallback(
    (next, options = {}) =>
      setSearch(
        before => writeGrantsUrl({ ...readGrantsUrl(before), ...next }),
        options,
      ),
    [setSearch],
  );
  return [url, change];
}
