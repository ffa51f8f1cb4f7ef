import type { NewClaim } from '@lakemesh/backstage-plugin-data-mesh-common';
import { MESH_ACCOUNT, MESH_REGION } from '../emulator/meshSeed';

/** A claim of a place that waits for governance. */
export const storyClaim: { as: string; claim: NewClaim } = {
  as: 'jo.lind',
  claim: {
    domainRef: 'domain:default/sales',
    place: {
      system: 'lake-formation',
      catalogId: MESH_ACCOUNT,
      region: MESH_REGION,
      database: 'shop_events',
    },
    reason: 'Team Shop writes it and answers for it since the new checkout.',
  },
};

/** A product whose second version loosens what the first one said. */
export const storyChange = {
  /** Owner of the domain: who sees what is published of it. */
  as: 'jo.lind',
  productRef: 'dataproduct:default/store-visits',
  file: 'store-visits.yaml',
  versions: ['store-visits.v1.yaml', 'store-visits.v2.yaml'],
} as const;
