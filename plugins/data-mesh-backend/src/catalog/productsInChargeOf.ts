import type { AuthService } from '@backstage/backend-plugin-api';
import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  DATA_PRODUCT_KIND,
  isDataProductEntity,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A product that somebody is in charge of. */
export interface OwnProduct {
  productRef: string;
  title: string;
  ports: DataProductEntity['spec']['outputPorts'];
}

/** Products that one of the references owns, or whose domain it owns. */
export async function productsInChargeOf(
  { catalog, auth }: { catalog: CatalogService; auth: AuthService },
  refs: string[],
): Promise<OwnProduct[]> {
  const credentials = await auth.getOwnServiceCredentials();
  const owned = `relations.${RELATION_OWNED_BY}`;
  const { items: domains } = await catalog.getEntities(
    {
      filter: { kind: 'Domain', [owned]: refs },
      fields: ['kind', 'metadata.name', 'metadata.namespace'],
    },
    { credentials },
  );
  const { items } = await catalog.getEntities(
    {
      filter: [
        { kind: DATA_PRODUCT_KIND, [owned]: refs },
        ...(domains.length > 0
          ? [
              {
                kind: DATA_PRODUCT_KIND,
                [`relations.${RELATION_PART_OF}`]: domains.map(domain =>
                  stringifyEntityRef(domain),
                ),
              },
            ]
          : []),
      ],
      fields: ['apiVersion', 'kind', 'metadata', 'spec.outputPorts'],
    },
    { credentials },
  );
  return items.filter(isDataProductEntity).map(({ metadata, ...entity }) => ({
    productRef: stringifyEntityRef({ ...entity, metadata }),
    title: metadata.title ?? metadata.name,
    ports: entity.spec.outputPorts,
  }));
}
