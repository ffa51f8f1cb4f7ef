import { useApi } from '@backstage/core-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { Loaded, useLoad, useMe } from '../../api';

/** Coming back to the list shows it at once. */
const KEEP_MS = 60_000;

/**
 * The domains that the caller or the caller's groups own: they order
 * suggestions.
 */
export function useMyDomains(): Loaded<readonly string[]> {
  const catalogApi = useApi(catalogApiRef);
  const ownershipRefs = useMe().value?.ownershipRefs;
  return useLoad<readonly string[]>(
    ownershipRefs && `domains of ${ownershipRefs.join(' ')}`,
    async () => {
      if (!ownershipRefs?.length) return [];
      const { items } = await catalogApi.queryEntities({
        filter: { kind: 'Domain', 'relations.ownedBy': ownershipRefs },
        fields: ['kind', 'metadata.name', 'metadata.namespace'],
        limit: 100,
      });
      return items.map(item => stringifyEntityRef(item));
    },
    { live: false, keepMs: KEEP_MS },
  );
}
