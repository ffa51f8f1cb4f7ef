import {
  Account,
  EmulatorState,
  catalogOf,
  emptyState,
  initialSettings,
  rootOf,
} from '../model/EmulatorState';
import { Catalog, DefaultPermission } from '../model/Catalog';
import { grantOnCreation } from '../model/creation';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { Partitions, partitionKey } from '../model/partitions';
import { serviceLinkedRole } from '../model/locations';
import { storedName } from '../model/storedName';
import { grant } from '../services/lakeformation/changePermissions';
import { Validated } from '../services/Operation';
import { lakeFormationModel } from '../wire/models/lakeFormation';
import { readInput } from '../wire/readInput';
import type { GrantPermissionsRequest } from '@aws-sdk/client-lakeformation';
import { applyFilters } from './applyFilters';
import { organizationsOf } from './applyOrganizations';
import {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedColumn,
  SeedDatabase,
  SeedGrant,
  SeedTable,
} from './LakeFormationEmulatorSeed';
import { rootContext } from './rootContext';
import { wireResource } from './wireResource';

const DEFAULT_REGION = 'eu-west-1';

const ALL_TO_IAM: DefaultPermission = {
  principal: IAM_ALLOWED_PRINCIPALS,
  permissions: ['ALL'],
};

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
  // Grants last: they may name principals of accounts that stand further down.
  for (const account of seed.accounts) {
    addCatalog(state, account, now);
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
  const catalogIn = (region: string | undefined) =>
    catalogOf(state, seed.id, region ?? seed.regions?.[0] ?? DEFAULT_REGION);
  for (const location of seed.locations ?? []) {
    catalogIn(location.region).locations.set(location.arn, {
      arn: location.arn,
      roleArn: location.roleArn ?? serviceLinkedRole(seed.id),
      hybridAccessEnabled: location.hybridAccessEnabled ?? false,
      withFederation: false,
      withPrivilegedAccess: false,
      lastModified: now.getTime(),
    });
  }
  for (const database of seed.databases ?? []) {
    const catalog = catalogIn(database.region);
    addDatabase(state, catalog, database, now);
    applyFilters(database, rootContext(state, catalog, now));
  }
  (seed.grants ?? []).forEach((one, i) => {
    const catalog = catalogIn(one.region);
    try {
      addGrant(state, catalog, one, now);
    } catch (error) {
      throw new TypeError(
        `The emulator's seed has a grant that Lake Formation would refuse, grants[${i}] of account ${
          seed.id
        }, ${JSON.stringify(one)}: ${(error as Error).message}`,
      );
    }
  });
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
    description: seed.description,
    locationUri: seed.locationUri,
    parameters: seed.parameters,
    createTableDefaultPermissions: seed.createTableDefaultPermissions ?? [],
    createdAt: at,
    tables: new Map(
      (seed.tables ?? []).map(table => [
        storedName(table.name),
        {
          name: storedName(table.name),
          definition: tableDefinition(table),
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
  );
  for (const table of seed.tables ?? []) {
    grantOnCreation(
      catalog,
      { kind: 'table', database: name, table: storedName(table.name) },
      table.creator,
      table.iamAllowedPrincipals ? [ALL_TO_IAM] : [],
      writer,
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

/** Grants as the account's root would, with all of Lake Formation's checks. */
function addGrant(
  state: EmulatorState,
  catalog: Catalog,
  seed: SeedGrant,
  now: Date,
) {
  const { grantOption = false } = seed;
  const passable = grantOption === true ? seed.permissions : grantOption || [];
  const request = readInput(lakeFormationModel, 'GrantPermissionsRequest', {
    Principal: { DataLakePrincipalIdentifier: seed.principal },
    Resource: wireResource(seed.resource),
    Permissions: seed.permissions,
    PermissionsWithGrantOption: passable,
  }) as unknown as Validated<GrantPermissionsRequest>;
  grant(request, undefined, rootContext(state, catalog, now));
}
