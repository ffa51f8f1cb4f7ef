import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import type {
  AccessRequest,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../../api';

/** How many decided requests are looked through for what was decided before. */
const LOOKED_AT = 50;

/** People of a group that are named; the rest is counted. */
const AT_MOST_PEOPLE = 500;

/** What was decided before, and who stands behind the role. */
export interface Evidence {
  /** Decided requests of the same role for the same port, the latest first. */
  earlier: AccessRequest[];
  /** Names of those who may act as the role; absent where it is not shared. */
  people?: string[];
}

/**
 * Looks for what an approver would ask about. What the approver may not read is
 * in none of it.
 */
export function useEvidence(request: RequestDetail): Evidence | undefined {
  const api = useDataMesh();
  const catalog = useApi(catalogApiRef);
  const { id, productRef, port, principal, principalVia } = request;
  const earlier = useLoad(
    `decided before ${productRef} ${port} ${principal.id}`,
    async () => {
      const { items } = await api.listRequests({
        view: 'all',
        productRef,
        state: ['approved', 'rejected'],
        order: 'newest',
        limit: LOOKED_AT,
      });
      return items.filter(
        one => one.port === port && one.principal.id === principal.id,
      );
    },
    { live: false, keepMs: 30_000 },
  );
  const isShared = principalVia?.startsWith('group:');
  const people = useLoad(
    isShared ? `people of ${principalVia}` : undefined,
    async () => {
      const { items } = await catalog.queryEntities({
        filter: { kind: 'User', 'relations.memberOf': principalVia ?? '' },
        fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'],
        limit: AT_MOST_PEOPLE,
      });
      return items.map(({ metadata, spec }) => {
        const profile = spec?.profile as { displayName?: string } | undefined;
        return profile?.displayName ?? metadata.title ?? metadata.name;
      });
    },
    { live: false, keepMs: 60_000 },
  );
  if (earlier.loading || people.loading) return undefined;
  return {
    earlier: (earlier.value ?? []).filter(one => one.id !== id),
    people: people.value,
  };
}
