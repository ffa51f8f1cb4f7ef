import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { AuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  ANNOTATION_PRINCIPALS,
  readPrincipalsAnnotation,
  type Principal,
  type PrincipalsAnnotation,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a user or a group says of its principals. */
export interface AnnotatedPrincipals {
  ref: string;
  annotation: PrincipalsAnnotation;
}

/** What users and groups say of their principals. */
export async function principalAnnotations({
  catalog,
  auth,
  readPrincipal,
}: {
  catalog: CatalogService;
  auth: AuthService;
  readPrincipal?: (id: string) => Principal | undefined;
}): Promise<AnnotatedPrincipals[]> {
  const pages = catalog.streamEntities(
    {
      filter: {
        kind: ['User', 'Group'],
        [`metadata.annotations.${ANNOTATION_PRINCIPALS}`]:
          CATALOG_FILTER_EXISTS,
      },
      fields: [
        'kind',
        'metadata.name',
        'metadata.namespace',
        'metadata.annotations',
      ],
    },
    { credentials: await auth.getOwnServiceCredentials() },
  );
  const found = [];
  for await (const page of pages) {
    for (const entity of page) {
      found.push({
        ref: stringifyEntityRef(entity),
        annotation: readPrincipalsAnnotation(
          entity.metadata.annotations?.[ANNOTATION_PRINCIPALS],
          readPrincipal,
        ),
      });
    }
  }
  return found;
}
