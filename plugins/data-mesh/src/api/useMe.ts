import { useDataMesh } from './dataMeshApiRef';
import { useLoad } from './useLoad';

/** Roles and groups of the caller rarely change while a page is open. */
const KEEP_MS = 60_000;

/** The caller, for whom `waiting for you` is said. */
export function useMe() {
  const api = useDataMesh();
  return useLoad('me', () => api.getMe(), { live: false, keepMs: KEEP_MS });
}
