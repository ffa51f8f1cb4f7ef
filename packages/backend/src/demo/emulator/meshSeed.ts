import type { Entity } from '@backstage/catalog-model';
import {
  ANNOTATION_PRINCIPALS,
  readPrincipalsAnnotation,
  isDataProductEntity,
  type DataProductTable,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedColumn,
  SeedDatabase,
  SeedGrant,
  SeedLocation,
  SeedPolicy,
  SeedTable,
} from '@lakemesh/lake-formation-emulator';
import { assignedTags, AssignedTags, TAGS_OF_DOMAIN } from './assignedTags';

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
  // An administrator, too, needs it to assign tags that others have created.
  ...TAGS_OF_DOMAIN.map(
    ({ key }): SeedGrant => ({
      principal: role('lake-admin'),
      resource: { lfTag: key, values: ['*'] },
      permissions: ['ASSOCIATE', 'DESCRIBE'],
    }),
  ),
  {
    principal: role('nightly-etl'),
    resource: { database: 'sales_orders', table: '*' },
    permissions: ['ALL'],
    grantOption: true,
  },
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

function toColumn(
  column: DataProductTable['columns'][number],
  lfTags: SeedColumn['lfTags'],
): SeedColumn {
  return {
    name: column.name,
    type: column.type,
    ...(column.description && { comment: column.description }),
    ...(lfTags && { lfTags }),
  };
}

function toTable(
  database: string,
  table: DataProductTable,
  /** Account whose buckets hold its files. */
  dataAlias: string,
  tags: AssignedTags,
): SeedTable {
  const columns = table.columns.filter(column => !column.partitionKey);
  const keys = table.columns.filter(column => column.partitionKey);
  const lfTags = tags.ofTable(database, table.name);
  const withTags = (column: DataProductTable['columns'][number]) =>
    toColumn(column, tags.ofColumn(database, table.name, column));
  return {
    name: table.name,
    ...(table.description && { description: table.description }),
    location: `s3://${dataAlias}-${database.replace(/_/g, '-')}/${table.name}`,
    iamAllowedPrincipals: database === TABLE_LEFT_TO_IAM,
    columns: columns.map(withTags),
    ...(keys.length > 0 && { partitionKeys: keys.map(withTags) }),
    ...(lfTags && { lfTags }),
  };
}

/** What a role needs in IAM to query what Lake Formation grants it. */
const QUERY_POLICY: SeedPolicy['document'] = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'lakeformation:GetDataAccess',
        'glue:GetDatabase',
        'glue:GetDatabases',
        'glue:GetTable',
        'glue:GetTables',
        'glue:GetPartitions',
      ],
      Resource: '*',
    },
  ],
};

/** What the portal's own role needs in IAM, as the doctor asks for it. */
const ADMIN_POLICY: SeedPolicy['document'] = {
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        'lakeformation:*',
        'glue:*',
        'ram:*',
        'iam:GetRole',
        'iam:SimulatePrincipalPolicy',
        'sts:AssumeRole',
        'organizations:DescribeOrganization',
      ],
      Resource: '*',
    },
  ],
};

const aliasOf = (accountId: string) =>
  MESH_ACCOUNTS.find(({ id }) => id === accountId)?.alias ?? accountId;

function toDatabases(entities: Entity[], accountId: string): SeedDatabase[] {
  const databases = new Map<string, Map<string, SeedTable>>();
  const tags = assignedTags(entities);
  for (const product of entities.filter(isDataProductEntity)) {
    for (const port of product.spec.outputPorts) {
      const { catalogId, database, dataAccountId } = port.location;
      if (port.type !== 'lake-formation' || catalogId !== accountId) continue;
      const dataAlias = aliasOf(dataAccountId ?? accountId);
      const tables = databases.get(database) ?? new Map<string, SeedTable>();
      for (const table of port.tables) {
        if (!tables.has(table.name)) {
          tables.set(table.name, toTable(database, table, dataAlias, tags));
        }
      }
      databases.set(database, tables);
    }
  }
  return [...databases].map(([name, tables]) => ({
    name,
    tables: [...tables.values()],
  }));
}

function rolesInCatalog(entities: Entity[], accountId: string): string[] {
  const arns = entities.flatMap(entity => {
    const annotation = readPrincipalsAnnotation(
      entity.metadata.annotations?.[ANNOTATION_PRINCIPALS],
    );
    return annotation.ok ? annotation.principals.map(({ id }) => id) : [];
  });
  return arns.flatMap(arn => {
    const [, account, name] =
      /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(arn) ?? [];
    return account === accountId && name !== ROLE_WITHOUT_IAM ? [name] : [];
  });
}

/** The buckets of the account's tables, one for each database. */
const toLocations = (databases: SeedDatabase[]): SeedLocation[] =>
  databases.flatMap(({ tables = [] }) => {
    const [, bucket] =
      /^s3:\/\/([^/]+)\//.exec(tables[0]?.location ?? '') ?? [];
    return bucket ? [{ arn: `arn:aws:s3:::${bucket}` }] : [];
  });

function toAccount(entities: Entity[], accountId: string): SeedAccount {
  const isLakehouse = accountId === MESH_ACCOUNT;
  const admin = role('lake-admin', accountId);
  const consumers = [...new Set(rolesInCatalog(entities, accountId))];
  const databases = toDatabases(entities, accountId);
  return {
    id: accountId,
    alias: aliasOf(accountId),
    regions: [MESH_REGION],
    administrators: [admin],
    keys: [{ accessKeyId: portalAccessKeyId(accountId), principal: admin }],
    roles: [
      ...consumers,
      ...OTHER_ROLES,
      ...(isLakehouse ? LAKEHOUSE_ROLES : []),
    ],
    policies: [
      { name: 'QueryTheLake', roles: consumers, document: QUERY_POLICY },
      { name: 'GovernTheLake', roles: ['lake-admin'], document: ADMIN_POLICY },
    ],
    settings: { allowFullTableExternalDataAccess: true },
    locations: toLocations(databases),
    databases,
    ...(isLakehouse && { lfTags: TAGS_OF_DOMAIN, grants: EARLIER_GRANTS }),
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
