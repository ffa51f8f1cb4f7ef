import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { useDataMesh, useLoad } from '../../api';

/**
 * The domains that the caller or the caller's groups own. Empty while it is
 * not known: it only orders suggestions.
 */
export function useMyDomains(): readonly string[] {
  const catalogApi = useApi(catalogApiRef);
  const dataMesh = useDataMesh();
  const { value = [] } = useLoad(
    'my-domains',
    async () => {
      const { ownershipRefs } = await dataMesh.getMe();
      if (!ownershipRefs.length) return [];
      const { items } = await catalogApi.queryEntities({
        filter: { kind: 'Domain', 'relations.ownedBy': ownershipRefs },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: 100,
      });
      return items.map(item => stringifyEntityRef(item));
    },
    { live: false },
  );
  return value;
}
