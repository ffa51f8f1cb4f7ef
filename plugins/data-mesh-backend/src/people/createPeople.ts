import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { MeshCatalog } from '../catalog/MeshCatalog';
import {
  isFromTrustedLocation,
  readTrustedLocations,
} from '../config/trustedLocations';
import { mayJoin } from './mayJoin';
import { CatalogPeople, type People } from './People';

type Standing = (
  entities: ReadonlyMap<string, Entity>,
) => Promise<ReadonlyMap<string, Entity>>;

/** The same, by a catalog that the plugin has already. */
export function peopleOf(options: {
  catalog: Pick<MeshCatalog, 'entitiesOf'>;
  config: Config;
  standing?: Standing;
}): People {
  const { catalog, config, standing = async entities => entities } = options;
  const trusted = readTrustedLocations(config);
  return new CatalogPeople({
    lookUp: async refs => standing(await catalog.entitiesOf(refs)),
    childGroups:
      config.getOptionalBoolean('dataMesh.people.childGroups') ?? true,
    mayJoin: mayJoin(entity => isFromTrustedLocation(trusted, entity)),
  });
}

/**
 * The answer to who stands behind a reference, as the backend plugin gives it:
 * for permission policies that must not differ from it. Reads
 * `dataMesh.people.childGroups` and `dataMesh.trustedLocations`, and the catalog
 * as the plugin that asks.
 *
 * @param options - `standing` leaves out who stands for nobody, like a group
 *   that only took over the name of another
 * @public
 */
export function createPeople(options: {
  catalog: CatalogService;
  auth: AuthService;
  config: Config;
  standing?: (
    entities: ReadonlyMap<string, Entity>,
  ) => Promise<ReadonlyMap<string, Entity>>;
}): People {
  return peopleOf({ ...options, catalog: new MeshCatalog(options) });
}
