import { useDataMesh } from './dataMeshApiRef';
import { useLoad } from './useLoad';

/** How much waits for the caller, and how much the caller asked for. */
export function useRequestCounts() {
  const api = useDataMesh();
  return useLoad('request counts', () => api.countRequests());
}

/**
 * How many requests, claims and changes of products wait for the user, for a
 * number in the navigation. It is kept up to date, and shares its call with the
 * pages of the plugin. 0 until it is known.
 *
 * @public
 */
export function useCountToDecide(): number {
  const { value } = useRequestCounts();
  if (!value) return 0;
  const { toDecide, claimsToDecide = 0, publicationsToDecide = 0 } = value;
  return toDecide + claimsToDecide + publicationsToDecide;
}
