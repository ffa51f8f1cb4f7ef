import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import type { People } from '@lakemesh/backstage-plugin-data-mesh-backend';
import {
  ANNOTATION_PRINCIPALS,
  DATA_PRODUCT_KIND,
  parseAwsPrincipal,
  readPrincipalsAnnotation,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import DataLoader from 'dataloader';

/** What a user is in the mesh, as far as permissions depend on it. */
export interface Standing {
  userRef: string;
  /** The user and its groups, as the catalog knows them now. */
  ownershipRefs: readonly string[];
  /** Principals that the user may act as. */
  principals: readonly string[];
  /** Domains that the user or one of its groups owns. */
  domainRefs: readonly string[];
  /** Owns a domain or a data product. */
  isInCharge: boolean;
}

/** Principals of AWS, and of other systems by their scheme. */
function readPrincipal(id: string): Principal | undefined {
  if (/^arn:/i.test(id) || !/^[a-z][a-z0-9+.-]*:[^\s,]+$/i.test(id)) {
    return parseAwsPrincipal(id);
  }
  return { id, kind: 'other', name: id };
}

/** None where the annotation does not read whole, as in the backend. */
function principalsIn(annotation: string | undefined): string[] {
  const read = readPrincipalsAnnotation(annotation, readPrincipal);
  return read.ok ? read.principals.map(({ id }) => id) : [];
}

const asError = (error: unknown) =>
  error instanceof Error ? error : new Error(String(error));

/**
 * Reads the standing of users from the catalog. Membership is answered by the
 * data mesh backend's own rule: what a token says may be older than the groups.
 * Questions about one user that come together are answered by one look.
 */
export class CatalogStanding {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #people: Pick<People, 'refsOf'>;
  readonly #standings: DataLoader<string, Standing>;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    people: Pick<People, 'refsOf'>;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#people = options.people;
    // Nothing is kept: a permission holds by the groups of now.
    this.#standings = new DataLoader(userRefs => this.#lookAtAll(userRefs), {
      cache: false,
    });
  }

  /** @throws NotAllowedError where the credentials are not a user's */
  async of({ credentials }: PolicyQueryUser): Promise<Standing> {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError('Only users have a standing in the data mesh');
    }
    const { userEntityRef } = credentials.principal;
    return this.#standings.load(
      stringifyEntityRef(parseEntityRef(userEntityRef)),
    );
  }

  async #lookAtAll(
    userRefs: readonly string[],
  ): Promise<Array<Standing | Error>> {
    const looks = [...new Set(userRefs)].map(
      async ref => [ref, await this.#look(ref).catch(asError)] as const,
    );
    const found = new Map(await Promise.all(looks));
    return userRefs.map(
      ref => found.get(ref) ?? new Error(`Nobody has looked at ${ref}`),
    );
  }

  async #look(userRef: string): Promise<Standing> {
    const ownershipRefs = await this.#people.refsOf(userRef);
    // The service's own credentials: a policy that asks the catalog as the
    // user would be asked for permission by the catalog, and so on.
    const credentials = await this.#auth.getOwnServiceCredentials();
    const [holders, owned] = await Promise.all([
      this.#catalog.getEntitiesByRefs(
        {
          entityRefs: [...ownershipRefs],
          // The name, too: without any of the fields there is no metadata.
          fields: ['kind', 'metadata.name', 'metadata.annotations'],
        },
        { credentials },
      ),
      this.#catalog.getEntities(
        {
          filter: ['Domain', DATA_PRODUCT_KIND].map(kind => ({
            kind,
            [`relations.${RELATION_OWNED_BY}`]: [...ownershipRefs],
          })),
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        { credentials },
      ),
    ]);
    return {
      userRef,
      ownershipRefs,
      principals: [
        ...new Set(
          holders.items.flatMap(entity =>
            principalsIn(entity?.metadata.annotations?.[ANNOTATION_PRINCIPALS]),
          ),
        ),
      ],
      domainRefs: owned.items
        .filter(entity => entity.kind.toLocaleLowerCase('en-US') === 'domain')
        .map(entity => stringifyEntityRef(entity)),
      isInCharge: owned.items.length > 0,
    };
  }
}
