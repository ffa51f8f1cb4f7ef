import { isUnderWay } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh } from './dataMeshApiRef';
import { useLoad } from './useLoad';

/** A product as it concerns the caller; one answer for header and ports. */
export function useProductOverview(productRef: string) {
  const api = useDataMesh();
  return useLoad(
    `overview ${productRef}`,
    () => api.getProductOverview(productRef),
    {
      pollWhile: ({ ports }) =>
        ports.some(({ access }) => access.some(isUnderWay)),
    },
  );
}
