import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DATA_PRODUCT_KIND,
  createProductIndex,
  isDataProductEntity,
  type DataProductEntity,
  type ProductIndex,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** For so long the words of a product may be older than the catalog's. */
const MOST_AGE_MS = 30_000;

const UID = 'metadata.uid';

/** What is searched or shown of a product. */
const FIELDS = [
  'apiVersion',
  'kind',
  UID,
  'metadata.etag',
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'metadata.description',
  'metadata.tags',
  'spec',
];

interface Known {
  index: ProductIndex;
  /** Of everything of the kind, whoever's API group it is. */
  uids: ReadonlySet<string>;
  etags: string;
  readAt: number;
}

/** Products made ready to be searched, and which of them somebody may see. */
export interface SearchableProducts {
  index: ProductIndex;
  isVisible: (product: DataProductEntity) => boolean;
}

/**
 * The products of the catalog, indexed once for everybody. Who may see which is
 * asked of the catalog for each search.
 */
export class SearchedProducts {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #logger: LoggerService;
  readonly #clock: () => Date;
  #known?: Known;
  #reading?: Promise<Known>;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    logger: LoggerService;
    clock: () => Date;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#logger = options.logger;
    this.#clock = options.clock;
  }

  /** As the credentials may see them now. */
  async visibleTo(
    credentials: BackstageCredentials,
  ): Promise<SearchableProducts> {
    // Of the catalog's index, without the entities: cheap for thousands.
    const { facets } = await this.#catalog.getEntityFacets(
      { filter: { kind: DATA_PRODUCT_KIND }, facets: [UID] },
      { credentials },
    );
    const visible = new Set(facets[UID]?.map(({ value }) => value));
    const { index } = await this.#indexOf(visible);
    return {
      index,
      isVisible: ({ metadata }) => visible.has(metadata.uid ?? ''),
    };
  }

  /** An index that has all of these; a new one where the last lacks any. */
  async #indexOf(visible: ReadonlySet<string>): Promise<Known> {
    const known = this.#known;
    if (!known || [...visible].some(uid => !known.uids.has(uid))) {
      return this.#read();
    }
    if (this.#clock().getTime() - known.readAt > MOST_AGE_MS) {
      this.#read().catch(error =>
        this.#logger.warn(
          `The products in the catalog could not be read again, the search goes on with those of ${new Date(
            known.readAt,
          ).toISOString()}`,
          error,
        ),
      );
    }
    return known;
  }

  /** Once, however many ask meanwhile. */
  #read(): Promise<Known> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #readNow(): Promise<Known> {
    const readAt = this.#clock().getTime();
    const uids = new Set<string>();
    const products: DataProductEntity[] = [];
    const pages = this.#catalog.streamEntities(
      { filter: { kind: DATA_PRODUCT_KIND }, fields: FIELDS },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const entity of page) {
        if (entity.metadata.uid) uids.add(entity.metadata.uid);
        if (isDataProductEntity(entity)) products.push(entity);
      }
    }
    const etags = products
      .map(({ metadata }) => `${metadata.uid} ${metadata.etag}`)
      .sort()
      .join('\n');
    const before = this.#known;
    const isSame = before !== undefined && before.etags === etags;
    this.#known = {
      index: isSame ? before.index : createProductIndex(products),
      uids,
      etags,
      readAt,
    };
    return this.#known;
  }
}
