import {
  RELATION_HAS_PART,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import {
  type CatalogModelLayer,
  createCatalogModelLayer,
} from '@backstage/catalog-model/alpha';
import {
  ANNOTATION_AWS_ACCOUNT_ID,
  ANNOTATION_AWS_REGION,
  ANNOTATION_CONSUMES_DATA,
  ANNOTATION_PRINCIPALS,
  DATA_PRODUCT_KIND,
  RELATION_CONSUMES_DATA,
  RELATION_DATA_CONSUMED_BY,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * The relations and annotations of the mesh, for catalogs that compile their
 * model from layers.
 *
 * The kind itself is not in it. A model knows each kind by its name alone and
 * refuses entities of any other API group under that name, so declaring
 * DataProduct here would take a company's own DataProduct out of the catalog.
 * The processor validates ours and emits their relations.
 */
export function createMeshModelLayer(): CatalogModelLayer {
  return createCatalogModelLayer({
    layerId: 'lakemesh.io/data-mesh',
    builder: model => {
      model.addRelationPair({
        fromKind: DATA_PRODUCT_KIND,
        toKind: ['Group', 'User'],
        description: 'Who answers for the data product.',
        forward: { type: RELATION_OWNED_BY, title: 'owned by' },
        reverse: { type: RELATION_OWNER_OF, title: 'owner of' },
      });
      model.addRelationPair({
        fromKind: DATA_PRODUCT_KIND,
        toKind: ['Domain', 'System'],
        description: 'What the data product belongs to.',
        forward: { type: RELATION_PART_OF, title: 'part of' },
        reverse: { type: RELATION_HAS_PART, title: 'has part' },
      });
      model.addRelationPair({
        fromKind: [DATA_PRODUCT_KIND, 'Component', 'System'],
        toKind: DATA_PRODUCT_KIND,
        description: 'Whose data is read.',
        forward: { type: RELATION_CONSUMES_DATA, title: 'consumes data of' },
        reverse: { type: RELATION_DATA_CONSUMED_BY, title: 'data consumed by' },
      });
      model.addAnnotation({
        name: ANNOTATION_AWS_ACCOUNT_ID,
        title: 'AWS account',
        description: 'AWS account that produces the data of a domain.',
      });
      model.addAnnotation({
        name: ANNOTATION_AWS_REGION,
        title: 'AWS region',
        description: 'AWS region of the lake house of a domain.',
      });
      model.addAnnotation({
        name: ANNOTATION_PRINCIPALS,
        title: 'Principals',
        description:
          'Principals that a user or group may act as, separated by commas or white space.',
      });
      model.addAnnotation({
        name: ANNOTATION_CONSUMES_DATA,
        title: 'Consumes data of',
        description:
          'Data products that a component or system reads, separated by commas or white space.',
      });
    },
  });
}
