import { useDataMesh } from './dataMeshApiRef';
import { useLoad } from './useLoad';

/** The caller, for whom `waiting for you` is said. */
export function useMe() {
  const api = useDataMesh();
  return useLoad('me', () => api.getMe(), { live: false });
}
