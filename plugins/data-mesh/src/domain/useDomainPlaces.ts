import { useDataMesh, useLoad } from '../api';

/** What a domain answers for. */
export function useDomainPlaces(domainRef: string) {
  const api = useDataMesh();
  return useLoad(`places of ${domainRef}`, () => api.listPlaces({ domainRef }));
}
