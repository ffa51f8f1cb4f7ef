import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { AuditUrl, readAuditUrl, writeAuditUrl } from './auditUrl';

/** Changes a part of the URL. */
export type ChangeAuditUrl = (
  change: Partial<AuditUrl>,
  options?: { replace?: boolean },
) => void;

/** The URL as the state of the audit page. */
export function useAuditUrl(): [AuditUrl, ChangeAuditUrl] {
  const [search, setSearch] = useSearchParams();
  const url = useMemo(() => readAuditUrl(search), [search]);
  const change: ChangeAuditUrl = useCallback(
    (next, options = {}) =>
      setSearch(
        before => writeAuditUrl({ ...readAuditUrl(before), ...next }),
        options,
      ),
    [setSearch],
  );
  return [url, change];
}
