import { useCallback, useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../api';
import { statusOf } from '../components/problemsOf';

/** `revoke` is the owner's word, `relinquish` the consumer's. */
export type EndMode = 'revoke' | 'relinquish';

/** Outcome of an attempt to end an entitlement. */
export interface EndEntitlement {
  /** The entitlement as last seen; newer than the given one after a conflict. */
  current: Entitlement;
  /** True where somebody else changed it between looking and pressing. */
  conflict: boolean;
  error?: Error;
  busy: boolean;
  end(reason: string): Promise<void>;
}

/**
 * Ends an entitlement in the version that was shown. Where it changed
 * meanwhile (409), the new one is loaded for another look; nothing is ended.
 */
export function useEndEntitlement(
  entitlement: Entitlement,
  mode: EndMode,
  onDone: (ended: EntitlementDetail) => void,
): EndEntitlement {
  const api = useDataMesh();
  const [newer, setNewer] = useState<EntitlementDetail>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);
  const current =
    newer && newer.id === entitlement.id && newer.version > entitlement.version
      ? newer
      : entitlement;

  const { id, version } = current;
  const end = useCallback(
    async (reason: string) => {
      setBusy(true);
      setError(undefined);
      try {
        onDone(
          mode === 'revoke'
            ? await api.revokeEntitlement(id, version, reason)
            : await api.relinquishEntitlement(id, version, reason || undefined),
        );
      } catch (cause) {
        const failure = cause as Error;
        if (statusOf(failure) === 409) {
          try {
            setNewer(await api.getEntitlement(id));
          } catch (second) {
            setError(second as Error);
          }
        } else {
          setError(failure);
        }
      } finally {
        setBusy(false);
      }
    },
    [api, id, version, mode, onDone],
  );

  return { current, conflict: current !== entitlement, error, busy, end };
}
