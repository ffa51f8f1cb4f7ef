import {
  Account,
  EmulatorState,
  catalogOf,
  emptyState,
  initialSettings,
  rootOf,
} from '../model/EmulatorState';
import { Catalog, DatabaseTarget, DefaultPermission } from '../model/Catalog';
import { grantOnCreation } from '../model/creation';
import { LINK_PERMISSIONS } from '../model/Permission';
import { addNestedCatalog, catalogIdOf } from '../model/nestedCatalogs';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { Partitions, partitionKey } from '../model/partitions';
import { serviceLinkedRole } from '../model/locations';
import { storedName } from '../model/storedName';
import { applyFilters } from './applyFilters';
import { applyGrants } from './applyGrants';
import { applyTag, applyTagExpression, assignSeedTags } from './applyTags';
import { applyOptIns } from './applyOptIns';
import { organizationsOf } from './applyOrganizations';
import {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedCatalog,
  SeedColumn,
  SeedDatabase,
  SeedDatabaseTarget,
  SeedTable,
} from './LakeFormationEmulatorSeed';
import { checkPolicyDocument } from '../services/glue/resourcePolicies';
import { createLakeFormationIdentityCenterConfiguration } from '../services/lakeformation/operations/createLakeFormationIdentityCenterConfiguration';
import { asLakeFormation } from './asLakeFormation';
import { rootContext } from './rootContext';

const DEFAULT_REGION = 'eu-west-1';

const ALL_TO_IAM: DefaultPermission = {
  principal: IAM_ALLOWED_PRINCIPALS,
  permissions: ['ALL'],
};

const catalogIn = (
  state: EmulatorState,
  { id, regions }: SeedAccount,
  region: string | undefined,
) => catalogOf(state, id, region ?? regions?.[0] ?? DEFAULT_REGION);

/** The state that a checked seed describes. */
export function applySeed(
  seed: LakeFormationEmulatorSeed,
  now: Date,
): EmulatorState {
  const state = emptyState();
  state.behaviour = { ...state.behaviour, ...structuredClone(seed.behaviour) };
  state.startedAt = now.getTime();
  state.organizations = organizationsOf(seed.organizations);
  for (const account of seed.accounts) {
    addAccount(state, account);
  }
  for (const account of seed.accounts) {
    addCatalog(state, account, now);
  }
  // Grants last: they may name principals of accounts that stand further down.
  applyGrants(seed.accounts, (account, region) =>
    rootContext(state, catalogIn(state, account, region), now),
  );
  for (const account of seed.accounts) {
    applyOptIns(account, region =>
      rootContext(state, catalogIn(state, account, region), now),
    );
  }
  return state;
}

function addAccount(state: EmulatorState, seed: SeedAccount) {
  const defaults = initialSettings();
  const { settings = {} } = seed;
  const account: Account = {
    id: seed.id,
    alias: seed.alias,
    roles: seed.roles,
    users: seed.users,
    policies: seed.policies?.map(policy => ({
      name: policy.name,
      inline: policy.inline ?? false,
      document: structuredClone(policy.document),
      principals: [
        ...(policy.roles ?? []).map(
          role => `arn:aws:iam::${seed.id}:role/${role}`,
        ),
        ...(policy.users ?? []).map(
          user => `arn:aws:iam::${seed.id}:user/${user}`,
        ),
      ],
    })),
    initialSettings: {
      administrators: seed.administrators ?? [],
      readOnlyAdministrators: seed.readOnlyAdministrators ?? [],
      createDatabaseDefaultPermissions:
        settings.createDatabaseDefaultPermissions ?? [],
      createTableDefaultPermissions:
        settings.createTableDefaultPermissions ?? [],
      parameters: {
        ...defaults.parameters,
        ...(settings.crossAccountVersion && {
          CROSS_ACCOUNT_VERSION: String(settings.crossAccountVersion),
        }),
      },
      trustedResourceOwners: settings.trustedResourceOwners ?? [],
      allowExternalDataFiltering: settings.allowExternalDataFiltering ?? false,
      allowFullTableExternalDataAccess:
        settings.allowFullTableExternalDataAccess ?? false,
      externalDataFilteringAllowList:
        settings.externalDataFilteringAllowList ?? [],
      authorizedSessionTagValues: settings.authorizedSessionTagValues ?? [],
    },
    catalogs: new Map(),
  };
  state.accounts.set(account.id, account);
  for (const region of seed.regions ?? []) {
    catalogOf(state, account.id, region);
  }
  for (const key of seed.keys ?? []) {
    state.keys.set(key.accessKeyId, { ...key });
  }
}

function addCatalog(state: EmulatorState, seed: SeedAccount, now: Date) {
  for (const location of seed.locations ?? []) {
    catalogIn(state, seed, location.region).locations.set(location.arn, {
      arn: location.arn,
      roleArn: location.roleArn ?? serviceLinkedRole(seed.id),
      hybridAccessEnabled: location.hybridAccessEnabled ?? false,
      withFederation: false,
      withPrivilegedAccess: false,
      lastModified: now.getTime(),
    });
  }
  const acting = (region: string | undefined) =>
    rootContext(state, catalogIn(state, seed, region), now);
  if (seed.identityCenterInstance) {
    asLakeFormation(
      createLakeFormationIdentityCenterConfiguration,
      'CreateLakeFormationIdentityCenterConfigurationRequest',
      { InstanceArn: seed.identityCenterInstance },
      acting(undefined),
      `identityCenterInstance of account ${seed.id}`,
    );
  }
  if (seed.resourcePolicy) {
    addResourcePolicy(catalogIn(state, seed, undefined), seed, now);
  }
  for (const tag of seed.lfTags ?? []) {
    applyTag(tag, acting(tag.region));
  }
  for (const saved of seed.lfTagExpressions ?? []) {
    applyTagExpression(saved, acting(saved.region));
  }
  for (const nested of seed.catalogs ?? []) {
    const root = catalogIn(state, seed, nested.region);
    const catalog = addPath(root, nested, now.getTime());
    for (const database of nested.databases ?? []) {
      addDatabase(state, catalog, database, now);
      applyFilters(database, acting(nested.region), catalogIdOf(catalog));
    }
  }
  for (const database of seed.databases ?? []) {
    const catalog = catalogIn(state, seed, database.region);
    addDatabase(state, catalog, database, now);
    applyFilters(database, acting(database.region));
    assignSeedTags(database, acting(database.region));
  }
}

/** A nested catalog, with those that contain it. */
function addPath(root: Catalog, seed: SeedCatalog, at: number): Catalog {
  const names = seed.path.split('/');
  const paths = names.map((_, i) => names.slice(0, i + 1).join('/'));
  const catalogs = paths.map(
    path =>
      root.nested.get(path) ??
      addNestedCatalog(root, {
        path,
        createDatabaseDefaultPermissions: [],
        createTableDefaultPermissions: [],
        createdAt: at,
        updatedAt: at,
      }),
  );
  const catalog = catalogs[catalogs.length - 1];
  if (catalog.inside) catalog.inside.description = seed.description;
  return catalog;
}

const readTarget = (target: SeedDatabaseTarget): DatabaseTarget => ({
  catalogId: target.catalogId,
  database: storedName(target.database),
  region: target.region,
});

function addResourcePolicy(catalog: Catalog, seed: SeedAccount, now: Date) {
  const json = JSON.stringify(seed.resourcePolicy);
  try {
    checkPolicyDocument(catalog, json);
  } catch (error) {
    throw new TypeError(
      `The emulator's seed has a resourcePolicy that Glue would refuse, account ${
        seed.id
      }: ${(error as Error).message}`,
    );
  }
  const at = now.getTime();
  catalog.resourcePolicy = { json, createdAt: at, updatedAt: at };
}

function addDatabase(
  state: EmulatorState,
  catalog: Catalog,
  seed: SeedDatabase,
  now: Date,
) {
  const name = storedName(seed.name);
  const at = now.getTime();
  const writer = { state, principal: rootOf(catalog.accountId), at };
  catalog.databases.set(name, {
    name,
    target: seed.target && readTarget(seed.target),
    description: seed.description,
    locationUri: seed.locationUri,
    parameters: seed.parameters,
    tags: seed.tags,
    createTableDefaultPermissions: seed.createTableDefaultPermissions ?? [],
    createdAt: at,
    tables: new Map(
      (seed.tables ?? []).map(table => [
        storedName(table.name),
        {
          name: storedName(table.name),
          definition: table.target ? {} : tableDefinition(table),
          target: table.target && {
            ...readTarget(table.target),
            table: storedName(table.target.table),
          },
          createdAt: at,
          updatedAt: at,
          createdBy: table.creator ?? rootOf(catalog.accountId),
          versionId: 0,
          partitions: seedPartitions(table, at),
        },
      ]),
    ),
  });
  grantOnCreation(
    catalog,
    { kind: 'database', database: name },
    seed.creator,
    seed.iamAllowedPrincipals ? [ALL_TO_IAM] : [],
    writer,
    seed.target && LINK_PERMISSIONS,
  );
  for (const table of seed.tables ?? []) {
    grantOnCreation(
      catalog,
      { kind: 'table', database: name, table: storedName(table.name) },
      table.creator,
      table.iamAllowedPrincipals ? [ALL_TO_IAM] : [],
      writer,
      table.target && LINK_PERMISSIONS,
    );
  }
}

function seedPartitions(table: SeedTable, at: number): Partitions {
  const { partitionKeys = [], partitions = [] } = table;
  const storage = tableDefinition(table).StorageDescriptor;
  return Object.fromEntries(
    partitions.map(({ values, location }) => {
      // As Hive lays them out.
      const below = values.map(
        (value, i) => `${partitionKeys[i].name}=${value}`,
      );
      const Location =
        location ?? (table.location && [table.location, ...below].join('/'));
      return [
        partitionKey(values),
        {
          values,
          definition: { StorageDescriptor: { ...storage, Location } },
          createdAt: at,
        },
      ];
    }),
  );
}

const glueColumns = (columns: readonly SeedColumn[] = []) =>
  columns.map(({ name, type, comment }) => ({
    Name: name,
    Type: type,
    ...(comment !== undefined && { Comment: comment }),
  }));

/** Glue's TableInput for Parquet files, as a crawler would write it. */
function tableDefinition(seed: SeedTable) {
  return {
    ...(seed.description !== undefined && { Description: seed.description }),
    ...(seed.owner !== undefined && { Owner: seed.owner }),
    Retention: 0,
    StorageDescriptor: {
      Columns: glueColumns(seed.columns),
      ...(seed.location !== undefined && { Location: seed.location }),
      InputFormat:
        'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat:
        'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: {
        SerializationLibrary:
          'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe',
      },
    },
    PartitionKeys: glueColumns(seed.partitionKeys),
    TableType: seed.tableType ?? 'EXTERNAL_TABLE',
    Parameters: { classification: 'parquet', ...seed.parameters },
  };
}
