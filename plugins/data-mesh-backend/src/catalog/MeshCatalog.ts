import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DATA_PRODUCT_KIND,
  isDataProductEntity,
  type DataProductEntity,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Looks } from '../looks';
import { EntityLoader } from './EntityLoader';
import { fullRef } from './fullRef';
import {
  principalAnnotations,
  type AnnotatedPrincipals,
} from './principalAnnotations';
import { homeOf, type ProductHome } from './productHome';
import { productsInChargeOf, type OwnProduct } from './productsInChargeOf';
import { readRef } from './readRef';
import {
  referenceFields,
  referencesIn,
  type CatalogReference,
} from './references';

/** A product with the references that its fields stand for, in full. */
export interface FoundProduct {
  entity: DataProductEntity;
  productRef: string;
  title: string;
  ownerRef: string;
  domainRef: string;
  domainOwnerRef?: string;
  /** What the domain says of itself beside its fields. */
  domainAnnotations?: { [name: string]: string };
}

const isDomain = ({ kind }: Entity) =>
  kind.toLocaleLowerCase('en-US') === 'domain';

function specString(entity: Entity | undefined, key: string) {
  const value = entity?.spec?.[key];
  return typeof value === 'string' ? value : undefined;
}

/** Leaves out entities that stand for nobody. */
type Standing = (
  entities: ReadonlyMap<string, Entity>,
) => Promise<ReadonlyMap<string, Entity>>;

/** A domain, with the owner that it has as long as it is who the mesh trusts. */
export interface FoundDomain {
  domainRef: string;
  ownerRef?: string;
  entity: Entity;
}

/**
 * What the mesh asks the catalog. Within a look the same is asked once, and what
 * is asked together is one call.
 */
export class MeshCatalog {
  readonly #catalog: CatalogService;
  readonly #auth: AuthService;
  readonly #entities: EntityLoader;
  readonly #standing: Standing;
  /** All domains, as the plugin itself sees them. */
  readonly domains: () => Promise<FoundDomain[]>;
  /**
   * What users and groups say of their principals, as the plugin itself sees
   * it. Read from the entities: the catalog's index has values in lower case,
   * and none of more than 200 characters.
   */
  readonly principalAnnotations: () => Promise<AnnotatedPrincipals[]>;
  /** By references, one a line. */
  readonly #inChargeOf: (refs: string) => Promise<OwnProduct[]>;

  constructor(options: {
    catalog: CatalogService;
    auth: AuthService;
    /** Default: there are no looks, each question is asked of the catalog. */
    looks?: Looks;
    /** Reads one principal; default: those of AWS. */
    readPrincipal?: (id: string) => Principal | undefined;
    /**
     * Leaves out domains that only took over the name of another: they have no
     * owner and say nothing. Default: leaves out none.
     */
    standing?: Standing;
  }) {
    this.#catalog = options.catalog;
    this.#auth = options.auth;
    this.#standing = options.standing ?? (async entities => entities);
    const { catalog, auth, looks = new Looks() } = options;
    this.#entities = new EntityLoader({ catalog, auth, looks });
    this.domains = looks.once<void, FoundDomain[]>(() => this.#readDomains());
    this.principalAnnotations = looks.once<void, AnnotatedPrincipals[]>(() =>
      principalAnnotations(options),
    );
    this.#inChargeOf = looks.once(refs =>
      productsInChargeOf(options, refs.split('\n')),
    );
  }

  /**
   * Looks a product up as the given credentials see it, or as the plugin itself
   * does.
   *
   * @returns undefined where there is none, or none that may be seen
   */
  async findProduct(
    ref: string,
    credentials?: BackstageCredentials,
  ): Promise<FoundProduct | undefined> {
    const productRef = fullRef(ref, 'DataProduct');
    if (!productRef) return undefined;
    const entity = await this.#entities.find(productRef, credentials);
    if (!entity || !isDataProductEntity(entity)) return undefined;
    const home = homeOf(entity);
    if (!home) return undefined;
    const { ownerRef, domainRef } = home;
    const domain = await this.#domain(domainRef);
    const domainOwner = specString(domain, 'owner');
    const domainOwnerRef =
      domainOwner &&
      fullRef(domainOwner, 'Group', domain?.metadata.namespace ?? 'default');
    return {
      entity,
      productRef,
      title: entity.metadata.title ?? entity.metadata.name,
      ownerRef,
      domainRef,
      ...(domainOwnerRef && { domainOwnerRef }),
      ...(domain?.metadata.annotations && {
        domainAnnotations: domain.metadata.annotations,
      }),
    };
  }

  /** All products in pages, as the plugin itself sees them. */
  async *productPages(): AsyncGenerator<DataProductEntity[]> {
    const pages = this.#catalog.streamEntities(
      { filter: { kind: DATA_PRODUCT_KIND } },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) yield page.filter(isDataProductEntity);
  }

  /** All products with their ports, as the plugin itself sees them. */
  async products(): Promise<
    Array<{
      productRef: string;
      title: string;
      ports: DataProductEntity['spec']['outputPorts'];
      /** Absent where the reference cannot be read. */
      domainRef?: string;
      domainAnnotations?: { [name: string]: string };
      classification?: DataProductEntity['spec']['classification'];
      tags?: string[];
    }>
  > {
    const products = [];
    const domains = new Map<string, Entity['metadata']['annotations']>();
    for await (const page of this.productPages()) {
      for (const entity of page) {
        const { metadata, spec } = entity;
        const domainRef = fullRef(spec.domain, 'Domain', metadata.namespace);
        if (domainRef) domains.set(domainRef, undefined);
        products.push({
          productRef: stringifyEntityRef(entity),
          title: metadata.title ?? metadata.name,
          ports: spec.outputPorts,
          domainRef,
          classification: spec.classification,
          tags: metadata.tags,
        });
      }
    }
    const standing = await this.#standing(
      await this.entitiesOf([...domains.keys()]),
    );
    for (const [ref, { metadata }] of standing) {
      domains.set(ref, metadata.annotations);
    }
    return products.map(product => {
      const annotations = product.domainRef && domains.get(product.domainRef);
      return annotations
        ? { ...product, domainAnnotations: annotations }
        : product;
    });
  }

  async #readDomains(): Promise<FoundDomain[]> {
    const { items } = await this.#catalog.getEntities(
      {
        filter: { kind: 'Domain' },
        fields: ['kind', 'metadata', 'spec.owner'],
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    const standing = await this.#standing(
      new Map(items.map(entity => [stringifyEntityRef(entity), entity])),
    );
    return items.map(entity => {
      const domainRef = stringifyEntityRef(entity);
      const owner = standing.has(domainRef) && specString(entity, 'owner');
      const ownerRef = owner
        ? fullRef(owner, 'Group', entity.metadata.namespace)
        : undefined;
      return {
        domainRef,
        ...(ownerRef && { ownerRef }),
        entity,
      };
    });
  }

  /**
   * References by which products and domains give power: owners, approvers, and
   * the domains of products. As the plugin itself sees them, the names of those
   * that dangle included.
   */
  async *references(): AsyncGenerator<CatalogReference> {
    const pages = this.#catalog.streamEntities(
      {
        filter: { kind: [DATA_PRODUCT_KIND, 'Domain'] },
        fields: referenceFields,
      },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    for await (const page of pages) {
      for (const entity of page) {
        if (isDomain(entity) || isDataProductEntity(entity)) {
          yield* referencesIn(entity);
        }
      }
    }
  }

  /** Names of all entities of a kind that the credentials may see. */
  async namesOf(
    kind: string,
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const facet = 'metadata.name';
    const { facets } = await this.#catalog.getEntityFacets(
      { filter: { kind }, facets: [facet] },
      { credentials },
    );
    return (facets[facet] ?? []).map(one => one.value);
  }

  /**
   * Products that one of the references owns, or whose domain it owns, as the
   * plugin itself sees them.
   */
  async productsInChargeOf(refs: readonly string[]): Promise<OwnProduct[]> {
    return refs.length === 0
      ? []
      : this.#inChargeOf([...new Set(refs)].sort().join('\n'));
  }

  /**
   * Users and groups whose annotation names a principal, as the plugin itself
   * sees them.
   */
  async actingAs(principalId: string): Promise<Entity[]> {
    const annotated = await this.principalAnnotations();
    const refs = annotated.flatMap(({ ref, annotation }) =>
      annotation.ok && annotation.principals.some(one => one.id === principalId)
        ? [ref]
        : [],
    );
    return [...(await this.entitiesOf(refs)).values()];
  }

  /**
   * Who owns the products now, and which domains they belong to.
   *
   * @returns no entry for a product that is not in the catalog
   */
  async homesOf(
    productRefs: Iterable<string>,
  ): Promise<ReadonlyMap<string, ProductHome>> {
    const found = await this.entitiesOf(productRefs);
    return new Map(
      [...found].flatMap(([ref, entity]) => {
        const home = isDataProductEntity(entity) ? homeOf(entity) : undefined;
        return home ? [[ref, home] as const] : [];
      }),
    );
  }

  /**
   * Who entities are and where they belong (metadata, relations, owner and
   * domain), as the plugin itself sees them.
   *
   * @returns no entry for those that are not in the catalog
   */
  async entitiesOf(
    refs: Iterable<string>,
  ): Promise<ReadonlyMap<string, Entity>> {
    return this.#entities.inBrief(refs);
  }

  /** What a domain says of itself beside its fields. */
  async annotationsOfDomain(
    ref: string,
  ): Promise<{ [name: string]: string } | undefined> {
    return (await this.#domain(ref))?.metadata.annotations;
  }

  async #domain(ref: string): Promise<Entity | undefined> {
    const found = await this.entitiesOf([ref]);
    return (await this.#standing(found)).get(ref);
  }

  /** Those of the references that the credentials may see. */
  async visible(
    refs: readonly string[],
    credentials: BackstageCredentials,
  ): Promise<string[]> {
    const found = await this.#entities.names(refs, credentials);
    return refs.filter(ref => found.has(ref));
  }

  /** Full reference of a consumer, where the credentials may see it. */
  async findConsumer(
    text: string,
    credentials: BackstageCredentials,
  ): Promise<string | undefined> {
    const ref = readRef(text);
    if (!ref) return undefined;
    const found = await this.#entities.names([ref], credentials);
    return found.has(ref) ? ref : undefined;
  }
}
