import type { Entity } from '@backstage/catalog-model';
import {
  isDataProductEntity,
  type DataProductColumn,
  type DataProductEntity,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { SeedLfTag } from '@lakemesh/lake-formation-emulator';

/** The domain whose tables have LF-Tags, as its annotation declares them. */
export const TAGGED_DOMAIN = 'sales';

/** The same as in `mesh/domains.yaml`. */
export const TAGS_OF_DOMAIN: SeedLfTag[] = [
  {
    key: 'classification',
    values: ['public', 'internal', 'confidential', 'restricted'],
  },
  { key: 'pii', values: ['true', 'false'] },
  { key: 'domain', values: [TAGGED_DOMAIN] },
];

type Tags = Record<string, string>;

/** What somebody has set by hand since, so that there is something to mend. */
const BY_HAND = {
  tables: new Map<string, Tags>([
    ['customer_profiles', { classification: 'confidential' }],
  ]),
  columns: new Map<string, Tags>([
    ['customer_profiles.customer_email', {}],
    ['customer_segments.segment', { pii: 'true' }],
  ]),
};

/** LF-Tags of tables and columns, by `DATABASE.TABLE` and `TABLE.COLUMN`. */
export interface AssignedTags {
  ofTable(database: string, table: string): Tags | undefined;
  ofColumn(
    database: string,
    table: string,
    column: DataProductColumn,
  ): Tags | undefined;
}

/** The LF-Tags that the example mesh begins with. Pure. */
export function assignedTags(entities: Entity[]): AssignedTags {
  const products = new Map<string, DataProductEntity>();
  for (const product of entities.filter(isDataProductEntity)) {
    if (product.spec.domain !== TAGGED_DOMAIN) continue;
    for (const { location, tables } of product.spec.outputPorts) {
      for (const { name } of tables) {
        products.set(`${location.database}.${name}`, product);
      }
    }
  }
  const classificationOf = (value: string | undefined): Tags =>
    value ? { classification: value } : {};
  return {
    ofTable(database, table) {
      const product = products.get(`${database}.${table}`);
      return (
        product && {
          ...classificationOf(product.spec.classification),
          pii: 'false',
          domain: TAGGED_DOMAIN,
          ...BY_HAND.tables.get(table),
        }
      );
    },
    ofColumn(database, table, column) {
      const product = products.get(`${database}.${table}`);
      if (!product) return undefined;
      const tags = BY_HAND.columns.get(`${table}.${column.name}`) ?? {
        ...classificationOf(column.classification),
        ...(column.pii && { pii: 'true' }),
      };
      return Object.keys(tags).length > 0 ? tags : undefined;
    },
  };
}
