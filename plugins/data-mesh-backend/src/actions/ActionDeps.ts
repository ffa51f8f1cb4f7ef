import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { DataMeshApiFor } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { z } from 'zod/v3';

/** What actions need of their surroundings. */
export interface ActionDeps {
  registry: ActionsRegistryService;
  /**
   * The plugin's own HTTP API, called as whoever runs the action: an action
   * may do what its caller may do over HTTP, checked in the same place.
   */
  apiFor: DataMeshApiFor;
  catalog: Pick<CatalogService, 'getEntityByRef'>;
}

/** The registry hands its zod to the schemas of actions. */
export type Zod = typeof z;
