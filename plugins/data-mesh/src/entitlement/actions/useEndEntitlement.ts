import { useCallback } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from '../../api';
import { EntitlementWrite, useEntitlementWrite } from './useEntitlementWrite';

/** `revoke` is the owner's word, `relinquish` the consumer's. */
export type EndMode = 'revoke' | 'relinquish';

/** Outcome of an attempt to end an entitlement. */
export interface EndEntitlement
  extends Omit<EntitlementWrite<Entitlement>, 'write'> {
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
  const { write, ...rest } = useEntitlementWrite(entitlement, onDone);
  const end = useCallback(
    (reason: string) =>
      write(({ id, version }) =>
        mode === 'revoke'
          ? api.revokeEntitlement(id, version, reason)
          : api.relinquishEntitlement(id, version, reason || undefined),
      ),
    [api, mode, write],
  );
  return { ...rest, end };
}
