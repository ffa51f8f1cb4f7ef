import { createApiRef, useApi } from '@backstage/core-plugin-api';
import type { DataMeshApi } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * The API of the data mesh backend.
 *
 * @public
 */
export const dataMeshApiRef = createApiRef<DataMeshApi>({
  id: 'plugin.data-mesh.service',
});

/** The API of the data mesh backend, in a component. */
export function useDataMesh(): DataMeshApi {
  return useApi(dataMeshApiRef);
}
