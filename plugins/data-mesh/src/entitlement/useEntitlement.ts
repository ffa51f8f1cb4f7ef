import {
  isUnderWay,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Loaded, useDataMesh, useLoad } from '../api';

/** An entitlement, asked for again while it is being granted or removed. */
export function useEntitlement(id?: string): Loaded<EntitlementDetail> {
  const api = useDataMesh();
  return useLoad(
    id && `entitlement ${id}`,
    () => api.getEntitlement(id ?? ''),
    { pollWhile: isUnderWay },
  );
}
