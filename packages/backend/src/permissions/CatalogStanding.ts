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
import {
  ANNOTATION_PRINCIPALS,
  readPrincipalsAnnotation,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a user is in the mesh, as far as permissions depend on it. */
export interface Standing {
  userRef: string;
  /** The user and its groups. */
  ownershipRefs: string[];
  /** Principals that the user may act as. */
  principals: string[];
  /** Domains that the user or one of its groups owns. */
  domainRefs: string[];
}

/** Reads the standing of users from the catalog. */
export class CatalogStanding {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #userInfo: UserInfoService;

  constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    userInfo: UserInfoService;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    this.#userInfo = options.userInfo;
  }

  async of(user: PolicyQueryUser): Promise<Standing> {
    const { userEntityRef, ownershipEntityRefs } =
      await this.#userInfo.getUserInfo(user.credentials);
    // The service's own credentials: a policy that asks the catalog as the
    // user would be asked for permission by the catalog, and so on.
    const credentials = await this.#auth.getOwnServiceCredentials();
    const [owners, domains] = await Promise.all([
      this.#catalog.getEntitiesByRefs(
        {
          entityRefs: ownershipEntityRefs,
          fields: ['kind', 'metadata.annotations'],
        },
        { credentials },
      ),
      this.#catalog.getEntities(
        {
          filter: {
            kind: 'Domain',
            [`relations.${RELATION_OWNED_BY}`]: ownershipEntityRefs,
          },
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        },
        { credentials },
      ),
    ]);
    return {
      userRef: stringifyEntityRef(parseEntityRef(userEntityRef)),
      ownershipRefs: ownershipEntityRefs,
      principals: [
        ...new Set(
          owners.items.flatMap(entity => {
            const annotation = readPrincipalsAnnotation(
              entity?.metadata.annotations?.[ANNOTATION_PRINCIPALS],
            );
            return annotation.ok
              ? annotation.principals.map(({ id }) => id)
              : [];
          }),
        ),
      ],
      domainRefs: domains.items.map(entity => stringifyEntityRef(entity)),
    };
  }
}
