import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PRINCIPALS,
  isDataProductEntity,
  type DataProductTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedColumn,
  SeedDatabase,
  SeedGrant,
  SeedTable,
} from '@lakemesh/lake-formation-emulator';

/** The account in which most of the example mesh lives. */
export const MESH_ACCOUNT = '210987654321';
export const MESH_REGION = 'eu-central-1';

/** The accounts of the organization, as app-config.yaml names them. */
export const MESH_ACCOUNTS = [
  { id: MESH_ACCOUNT, alias: 'acme-lakehouse' },
  { id: '755500120007', alias: 'acme-finance' },
  { id: '640017301180', alias: 'acme-logistics' },
  { id: '338822114471', alias: 'acme-analytics' },
] as const;

const ORGANIZATION = 'o-acmelakehouse';

/** The key in app-config.yaml: the portal acts as a data lake administrator. */
export const portalAccessKeyId = (accountId: string) =>
  `AKIAEMULATEDPORTAL0${MESH_ACCOUNTS.findIndex(({ id }) => id === accountId)}`;

const role = (name: string, accountId: string = MESH_ACCOUNT) =>
  `arn:aws:iam::${accountId}:role/${name}`;

/** Named in the catalog, but nobody made the role in IAM: grants to it fail. */
export const ROLE_WITHOUT_IAM = 'priya-nair-sandbox';

/** Roles that the catalog does not know, in every account. */
const OTHER_ROLES = ['lake-admin', 'nightly-etl'];
/** The same, in the lakehouse. */
const LAKEHOUSE_ROLES = ['bi-dashboards'];

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

/** Where a port's files are, and who made its tables. */
interface Owner {
  catalogAccountId: string;
  dataAlias: string;
}

function toTable(
  database: string,
  table: DataProductTable,
  { catalogAccountId, dataAlias }: Owner,
): SeedTable {
  const columns = table.columns.filter(column => !column.partitionKey);
  const keys = table.columns.filter(column => column.partitionKey);
  return {
    name: table.name,
    ...(table.description && { description: table.description }),
    location: `s3://${dataAlias}-${database.replace(/_/g, '-')}/${table.name}`,
    creator: role('nightly-etl', catalogAccountId),
    iamAllowedPrincipals: database === TABLE_LEFT_TO_IAM,
    columns: columns.map(toColumn),
    ...(keys.length > 0 && { partitionKeys: keys.map(toColumn) }),
  };
}

const aliasOf = (accountId: string) =>
  MESH_ACCOUNTS.find(({ id }) => id === accountId)?.alias ?? accountId;

function toDatabases(entities: Entity[], accountId: string): SeedDatabase[] {
  const databases = new Map<string, Map<string, SeedTable>>();
  for (const product of entities.filter(isDataProductEntity)) {
    for (const port of product.spec.outputPorts) {
      const { catalogId, database, dataAccountId } = port.location;
      if (port.type !== 'lake-formation' || catalogId !== accountId) continue;
      const owner = {
        catalogAccountId: accountId,
        dataAlias: aliasOf(dataAccountId ?? accountId),
      };
      const tables = databases.get(database) ?? new Map<string, SeedTable>();
      for (const table of port.tables) {
        if (!tables.has(table.name)) {
          tables.set(table.name, toTable(database, table, owner));
        }
      }
      databases.set(database, tables);
    }
  }
  return [...databases].map(([name, tables]) => ({
    name,
    creator: role('nightly-etl', accountId),
    tables: [...tables.values()],
  }));
}

function rolesInCatalog(entities: Entity[], accountId: string): string[] {
  const arns = entities.flatMap(entity =>
    (entity.metadata.annotations?.[ANNOTATION_PRINCIPALS] ?? '')
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  return arns.flatMap(arn => {
    const [, account, name] =
      /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
    return account === accountId && name !== ROLE_WITHOUT_IAM ? [name] : [];
  });
}

function toAccount(entities: Entity[], accountId: string): SeedAccount {
  const isLakehouse = accountId === MESH_ACCOUNT;
  const admin = role('lake-admin', accountId);
  return {
    id: accountId,
    alias: aliasOf(accountId),
    regions: [MESH_REGION],
    administrators: [admin],
    keys: [{ accessKeyId: portalAccessKeyId(accountId), principal: admin }],
    roles: [
      ...new Set([
        ...rolesInCatalog(entities, accountId),
        ...OTHER_ROLES,
        ...(isLakehouse ? LAKEHOUSE_ROLES : []),
      ]),
    ],
    databases: toDatabases(entities, accountId),
    ...(isLakehouse && { grants: EARLIER_GRANTS }),
  };
}

/** The example mesh as the emulated AWS holds it. Pure. */
export function meshSeed(entities: Entity[]): LakeFormationEmulatorSeed {
  return {
    accounts: MESH_ACCOUNTS.map(({ id }) => toAccount(entities, id)),
    organizations: [
      {
        id: ORGANIZATION,
        managementAccount: MESH_ACCOUNT,
        accounts: MESH_ACCOUNTS.map(({ id }) => id),
      },
    ],
  };
}
