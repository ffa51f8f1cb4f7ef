import { Catalog, EmulatorState } from '../model/state/EmulatorState';
import { DatabaseTarget } from '../model/catalog/TableRecord';
import { DefaultPermission } from '../model/catalog/LakeSettings';
import { grantOnCreation } from '../model/state/creation';
import { rootOf, IAM_ALLOWED_PRINCIPALS } from '../model/iam/principals';
import { Partitions, partitionKey } from '../model/catalog/partitions';
import { LINK_PERMISSIONS } from '../model/grants/Permission';
import { storedName } from '../model/api/storedName';
import {
  SeedColumn,
  SeedDatabase,
  SeedDatabaseTarget,
  SeedTable,
} from './SeedDatabase';

const ALL_TO_IAM: DefaultPermission = {
  principal: IAM_ALLOWED_PRINCIPALS,
  permissions: ['ALL'],
};

const readTarget = (target: SeedDatabaseTarget): DatabaseTarget => ({
  catalogId: target.catalogId,
  database: storedName(target.database),
  region: target.region,
});

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

/** Puts a database with its tables into a catalog. */
export function applyDatabase(
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
