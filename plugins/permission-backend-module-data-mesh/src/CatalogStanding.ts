import type {
  AuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
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

/**
 * How long an answer serves, in milliseconds. One page asks a policy dozens of
 * questions about one user; the catalog itself follows its sources much later.
 */
const RECENT_MS = 2_000;

/**
 * Reads the standing of users from the catalog. Membership is answered by the
 * data mesh backend's own rule: what a token says may be older than the groups.
 */
export class CatalogStanding {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;
  readonly #people: Pick<People, 'refsOf'>;
  readonly #now: () => number;
  readonly #recent = new Map<
    string,
    { until: number; standing: Promise<Standing> }
  >();

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
    people: Pick<People, 'refsOf'>;
    now?: () => number;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
    this.#people = options.people;
    this.#now = options.now ?? Date.now;
  }

  async of(user: PolicyQueryUser): Promise<Standing> {
    const { userEntityRef } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    return this.#once(stringifyEntityRef(parseEntityRef(userEntityRef)));
  }

  /** Questions about one user that come together are answered by one look. */
  #once(userRef: string): Promise<Standing> {
    const now = this.#now();
    const known = this.#recent.get(userRef);
    if (known && known.until > now) return known.standing;
    for (const [ref, { until }] of this.#recent) {
      if (until <= now) this.#recent.delete(ref);
    }
    const standing = this.#look(userRef);
    this.#recent.set(userRef, { until: now + RECENT_MS, standing });
    // What failed is asked again by the next question.
    standing.catch(() => this.#recent.delete(userRef));
    return standing;
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
