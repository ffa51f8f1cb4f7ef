import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { MeshCatalog } from '../catalog/MeshCatalog';
import { CatalogPeople, type People } from './People';

/**
 * The answer to who stands behind a reference, as the backend plugin gives it:
 * for permission policies that must not differ from it. Reads
 * `dataMesh.people.childGroups`, and the catalog as the plugin that asks.
 *
 * @public
 */
export function createPeople(options: {
  catalog: CatalogService;
  auth: AuthService;
  config: Config;
}): People {
  const catalog = new MeshCatalog(options);
  return new CatalogPeople({
    lookUp: (refs, fields) => catalog.entitiesOf(refs, fields),
    childGroups:
      options.config.getOptionalBoolean('dataMesh.people.childGroups') ?? true,
  });
}
