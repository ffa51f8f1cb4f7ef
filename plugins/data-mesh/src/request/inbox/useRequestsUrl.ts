import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { readRequestsUrl, RequestsUrl, writeRequestsUrl } from './requestsUrl';

/** The URL as the state of the request list. */
export function useRequestsUrl(): [
  RequestsUrl,
  (change: Partial<RequestsUrl>, options?: { replace?: boolean }) => void,
] {
  const [search, setSearch] = useSearchParams();
  const url = useMemo(() => readRequestsUrl(search), [search]);
  const change = useCallback(
    (next: Partial<RequestsUrl>, options: { replace?: boolean } = {}) =>
      setSearch(
        before => writeRequestsUrl({ ...readRequestsUrl(before), ...next }),
        options,
      ),
    [setSearch],
  );
  return [url, change];
}
