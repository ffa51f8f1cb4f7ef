import { useCallback, useState } from 'react';
import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../api';
import { statusOf } from '../components';
import { ConflictChange, conflictChanges } from './conflictChanges';

/** Writing to one request, and what came of it. */
export interface RequestWrites {
  busy: boolean;
  error?: Error;
  /** What changed meanwhile, after a write that came too late. */
  conflict?: ConflictChange[];
  /** Writes; true where it was saved. */
  write(
    fn: (request: RequestDetail) => Promise<RequestDetail>,
  ): Promise<boolean>;
  dismiss(): void;
}

/**
 * Writes in the version that is shown. Where the request changed meanwhile
 * (409) nothing is saved: it is loaded again, with what changed.
 */
export function useRequestWrites(
  request: RequestDetail,
  onChange: (request: RequestDetail) => void,
): RequestWrites {
  const api = useDataMesh();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<{
    error?: Error;
    conflict?: ConflictChange[];
  }>({});

  const write = useCallback(
    async (fn: (shown: RequestDetail) => Promise<RequestDetail>) => {
      setBusy(true);
      setOutcome({});
      try {
        onChange(await fn(request));
        return true;
      } catch (cause) {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (statusOf(error) !== 409) {
          setOutcome({ error });
          return false;
        }
        try {
          const now = await api.getRequest(request.id);
          setOutcome({ conflict: conflictChanges(request, now) });
          onChange(now);
        } catch (second) {
          setOutcome({ error: second as Error });
        }
        return false;
      } finally {
        setBusy(false);
      }
    },
    [api, request, onChange],
  );
  const dismiss = useCallback(() => setOutcome({}), []);

  return { busy, ...outcome, write, dismiss };
}
