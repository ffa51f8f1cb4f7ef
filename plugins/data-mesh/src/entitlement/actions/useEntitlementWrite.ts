import { useCallback, useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../api';
import { statusOf } from '../../components/list/problemsOf';

/** Writing to one entitlement, and what came of it. */
export interface EntitlementWrite<T extends Entitlement> {
  /** As last seen; newer than the given one after a conflict. */
  current: T | EntitlementDetail;
  /** True where somebody else changed it between looking and pressing. */
  conflict: boolean;
  error?: Error;
  busy: boolean;
  write(
    fn: (current: T | EntitlementDetail) => Promise<EntitlementDetail>,
  ): Promise<void>;
}

/**
 * Writes in the version that was shown. Where it changed meanwhile (409), the
 * new one is loaded for another look; nothing is written.
 */
export function useEntitlementWrite<T extends Entitlement>(
  entitlement: T,
  onDone: (written: EntitlementDetail) => void,
): EntitlementWrite<T> {
  const api = useDataMesh();
  const [newer, setNewer] = useState<EntitlementDetail>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const current =
    newer && newer.id === entitlement.id && newer.version > entitlement.version
      ? newer
      : entitlement;

  const write = useCallback(
    async (
      fn: (shown: T | EntitlementDetail) => Promise<EntitlementDetail>,
    ) => {
      setBusy(true);
      setError(undefined);
      try {
        onDone(await fn(current));
      } catch (cause) {
        const failure = cause as Error;
        // Some conflicts are no newer version: what cannot be left, say.
        const now =
          statusOf(failure) === 409
            ? await api.getEntitlement(current.id).catch(() => undefined)
            : undefined;
        if (now && now.version > current.version) setNewer(now);
        else setError(failure);
      } finally {
        setBusy(false);
      }
    },
    [api, current, onDone],
  );

  return { current, conflict: current !== entitlement, error, busy, write };
}
