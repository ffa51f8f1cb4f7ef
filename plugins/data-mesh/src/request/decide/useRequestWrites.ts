import { useCallback } from 'react';
import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  useDataMesh,
  useVersionedWrites,
  type VersionedWrites,
} from '../../api';
import { ConflictChange, conflictChanges } from './conflictChanges';

/** Writing to one request, and what came of it. */
export type RequestWrites = VersionedWrites<RequestDetail, ConflictChange>;

/** Writes to the request in the version that is shown. */
export function useRequestWrites(
  request: RequestDetail,
  onChange: (request: RequestDetail) => void,
): RequestWrites {
  const api = useDataMesh();
  const load = useCallback(
    ({ id }: RequestDetail) => api.getRequest(id),
    [api],
  );
  return useVersionedWrites({
    shown: request,
    load,
    changes: conflictChanges,
    onChange,
  });
}
