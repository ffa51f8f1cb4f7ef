import { useDataMesh, useLoad } from '../api';

/** Claims of a domain and changes of its products that wait for somebody. */
export function useWaitingIn(domainRef: string) {
  const api = useDataMesh();
  return useLoad(`waiting in ${domainRef}`, async () => {
    const [claims, publications] = await Promise.all([
      api.listClaims({
        domainRef,
        state: ['pending', 'changes-requested'],
        limit: 10,
      }),
      api.listPublications({
        domainRef,
        state: ['pending', 'change-pending', 'suspended'],
        limit: 10,
      }),
    ]);
    return { claims: claims.items, publications: publications.items };
  });
}
