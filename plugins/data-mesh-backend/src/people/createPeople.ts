import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { MeshCatalog } from '../catalog/MeshCatalog';
import { CatalogPeople, type People } from './People';

/** By which an entity is told from another of the same name. */
const IDENTITY = ['metadata.uid', 'metadata.annotations'];

/**
 * The answer to who stands behind a reference, as the backend plugin gives it:
 * for permission policies that must not differ from it. Reads
 * `dataMesh.people.childGroups`, and the catalog as the plugin that asks.
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
  const { standing = async entities => entities } = options;
  const catalog = new MeshCatalog(options);
  return new CatalogPeople({
    lookUp: async (refs, fields) =>
      standing(await catalog.entitiesOf(refs, [...fields, ...IDENTITY])),
    childGroups:
      options.config.getOptionalBoolean('dataMesh.people.childGroups') ?? true,
  });
}
