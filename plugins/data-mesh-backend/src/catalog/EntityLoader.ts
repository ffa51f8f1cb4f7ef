import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import DataLoader from 'dataloader';
import type { Looks } from '../looks';

/** References in one call: more would not fit the body that the catalog takes. */
const MOST_REFS = 500;

/** All that is asked of entities beside products, so that one call serves all. */
const FIELDS = [
  'apiVersion',
  'kind',
  'metadata',
  'relations',
  'spec.owner',
  'spec.domain',
  'spec.profile.displayName',
];

/** How much of an entity is read. */
type Extent = 'whole' | 'in-brief' | 'name';

const FIELDS_OF: { [E in Extent]: string[] | undefined } = {
  whole: undefined,
  'in-brief': FIELDS,
  name: ['kind', 'metadata.name', 'metadata.namespace'],
};

type Loaders = { [E in Extent]: DataLoader<string, Entity | undefined> };

/**
 * Reads entities by reference. What is asked for together, wherever in the code,
 * is one call to the catalog; within a look each entity is read once.
 */
export class EntityLoader {
  readonly #auth: AuthService;
  readonly #loadersOf: (of: BackstageCredentials | AuthService) => Loaders;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    looks: Looks;
  }) {
    const { catalog, auth, looks } = options;
    this.#auth = auth;
    this.#loadersOf = looks.each((of, { keeps }) => {
      const credentials = async () =>
        'getOwnServiceCredentials' in of ? of.getOwnServiceCredentials() : of;
      const loader = (extent: Extent) =>
        new DataLoader(
          async (refs: readonly string[]) =>
            readAll(catalog, refs, FIELDS_OF[extent], await credentials()),
          { cache: keeps, maxBatchSize: MOST_REFS },
        );
      return {
        whole: loader('whole'),
        'in-brief': loader('in-brief'),
        name: loader('name'),
      };
    });
  }

  /**
   * One entity with all it says.
   *
   * @param credentials - as these see it, or as the plugin itself does
   */
  async find(
    ref: string,
    credentials?: BackstageCredentials,
  ): Promise<Entity | undefined> {
    return this.#loadersOf(credentials ?? this.#auth).whole.load(ref);
  }

  /** Who entities are and where they belong, as the plugin itself sees them. */
  async inBrief(refs: Iterable<string>): Promise<ReadonlyMap<string, Entity>> {
    return loadAll(this.#loadersOf(this.#auth)['in-brief'], refs);
  }

  /** Only that they are there, for these credentials. */
  async names(
    refs: Iterable<string>,
    credentials: BackstageCredentials,
  ): Promise<ReadonlyMap<string, Entity>> {
    return loadAll(this.#loadersOf(credentials).name, refs);
  }
}

async function loadAll(
  loader: Loaders[Extent],
  refs: Iterable<string>,
): Promise<ReadonlyMap<string, Entity>> {
  const found = new Map<string, Entity>();
  await Promise.all(
    [...new Set(refs)].map(async ref => {
      const entity = await loader.load(ref);
      if (entity) found.set(ref, entity);
    }),
  );
  return found;
}

async function readAll(
  catalog: CatalogService,
  refs: readonly string[],
  fields: string[] | undefined,
  credentials: BackstageCredentials,
): Promise<Array<Entity | undefined>> {
  const entityRefs = [...new Set(refs)];
  const { items } = await catalog.getEntitiesByRefs(
    { entityRefs, ...(fields && { fields }) },
    { credentials },
  );
  const found = new Map(entityRefs.map((ref, index) => [ref, items[index]]));
  return refs.map(ref => found.get(ref));
}
