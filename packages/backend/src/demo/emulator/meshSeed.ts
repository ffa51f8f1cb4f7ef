import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PRINCIPALS,
  isDataProductEntity,
  type DataProductTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LakeFormationEmulatorSeed,
  SeedColumn,
  SeedDatabase,
  SeedGrant,
  SeedTable,
} from '@lakemesh/lake-formation-emulator';

/** The account in which the example mesh lives. */
export const MESH_ACCOUNT = '210987654321';
export const MESH_ACCOUNT_ALIAS = 'acme-lakehouse';
export const MESH_REGION = 'eu-central-1';

/** The key in app-config.yaml: the portal acts as a data lake administrator. */
export const PORTAL_ACCESS_KEY_ID = 'AKIAEMULATEDPORTAL00';

const role = (name: string) => `arn:aws:iam::${MESH_ACCOUNT}:role/${name}`;

/** Named in the catalog, but nobody made the role in IAM: grants to it fail. */
export const ROLE_WITHOUT_IAM = 'priya-nair-sandbox';

/** Roles that the catalog does not know. */
const OTHER_ROLES = ['lake-admin', 'nightly-etl', 'bi-dashboards'];

/** Left to IAM, as tables are that were made before Lake Formation was used. */
const TABLE_LEFT_TO_IAM = 'finance_legacy_billing';

/** What was granted by hand before there was a portal. */
const EARLIER_GRANTS: SeedGrant[] = [
  {
    principal: role('bi-dashboards'),
    resource: { database: 'sales_orders', table: '*' },
    permissions: ['SELECT', 'DESCRIBE'],
  },
  {
    principal: role('bi-dashboards'),
    resource: { database: 'marketing_campaigns', table: '*' },
    permissions: ['SELECT', 'DESCRIBE'],
  },
  {
    principal: role('finance-role'),
    resource: { database: 'sales_customer_360' },
    permissions: ['DESCRIBE'],
  },
  {
    principal: role('marketing-role'),
    resource: {
      database: 'sales_customer_360',
      table: 'customer_profiles',
      columns: ['customer_id', 'country', 'language'],
    },
    permissions: ['SELECT'],
  },
];

function toColumn(column: DataProductTable['columns'][number]): SeedColumn {
  return {
    name: column.name,
    type: column.type,
    ...(column.description && { comment: column.description }),
  };
}

function toTable(database: string, table: DataProductTable): SeedTable {
  const columns = table.columns.filter(column => !column.partitionKey);
  const keys = table.columns.filter(column => column.partitionKey);
  return {
    name: table.name,
    ...(table.description && { description: table.description }),
    location: `s3://acme-lakehouse-${database.replace(/_/g, '-')}/${
      table.name
    }`,
    creator: role('nightly-etl'),
    iamAllowedPrincipals: database === TABLE_LEFT_TO_IAM,
    columns: columns.map(toColumn),
    ...(keys.length > 0 && { partitionKeys: keys.map(toColumn) }),
  };
}

function toDatabases(entities: Entity[]): SeedDatabase[] {
  const databases = new Map<string, Map<string, SeedTable>>();
  for (const product of entities.filter(isDataProductEntity)) {
    for (const port of product.spec.outputPorts) {
      if (port.type !== 'lake-formation') continue;
      const { database } = port.location;
      const tables = databases.get(database) ?? new Map<string, SeedTable>();
      for (const table of port.tables) {
        if (!tables.has(table.name)) {
          tables.set(table.name, toTable(database, table));
        }
      }
      databases.set(database, tables);
    }
  }
  return [...databases].map(([name, tables]) => ({
    name,
    creator: role('nightly-etl'),
    tables: [...tables.values()],
  }));
}

function rolesInCatalog(entities: Entity[]): string[] {
  const arns = entities.flatMap(entity =>
    (entity.metadata.annotations?.[ANNOTATION_PRINCIPALS] ?? '')
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  return arns.flatMap(arn => {
    const name = /^arn:aws:iam::\d{12}:role\/(.+)$/.exec(arn)?.[1];
    return name && name !== ROLE_WITHOUT_IAM ? [name] : [];
  });
}

/** The example mesh as the emulated AWS holds it. Pure. */
export function meshSeed(entities: Entity[]): LakeFormationEmulatorSeed {
  return {
    accounts: [
      {
        id: MESH_ACCOUNT,
        alias: MESH_ACCOUNT_ALIAS,
        regions: [MESH_REGION],
        administrators: [role('lake-admin')],
        keys: [
          { accessKeyId: PORTAL_ACCESS_KEY_ID, principal: role('lake-admin') },
        ],
        roles: [...new Set([...rolesInCatalog(entities), ...OTHER_ROLES])],
        databases: toDatabases(entities),
        grants: EARLIER_GRANTS,
      },
    ],
  };
}
