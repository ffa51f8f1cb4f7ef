import { storedName } from '../model/api/storedName';
import { FieldReader, wrong } from './FieldReader';
import {
  SeedColumn,
  SeedDataCellsFilter,
  SeedDatabase,
  SeedPartition,
  SeedTable,
} from './LakeFormationEmulatorSeed';
import { readColumnChoice } from './readSeedResource';
import { readDatabaseTarget, readTableTarget } from './readTarget';
import { readDefault, refuseDuplicates, region } from './seedFields';

function readDatabase(fields: FieldReader): SeedDatabase {
  fields.onlyKnows([
    'region',
    'name',
    'target',
    'description',
    'locationUri',
    'parameters',
    'creator',
    'iamAllowedPrincipals',
    'createTableDefaultPermissions',
    'tags',
    'tables',
    'lfTags',
  ]);
  const tables = fields.objects('tables', readTable);
  refuseDuplicates(
    tables.map(({ name }) => storedName(name)),
    `${fields.path}.tables`,
  );
  if (fields.has('target') && tables.length) {
    throw wrong(`${fields.path}.tables`, 'no tables of a link', tables.length);
  }
  return {
    region: region(fields),
    name: fields.text('name'),
    target: fields.has('target')
      ? readDatabaseTarget(fields.object('target'))
      : undefined,
    description: fields.optionalText('description'),
    locationUri: fields.optionalText('locationUri'),
    parameters: fields.textMap('parameters'),
    creator: fields.optionalText('creator'),
    iamAllowedPrincipals: fields.flag('iamAllowedPrincipals'),
    tags: fields.textMap('tags'),
    createTableDefaultPermissions: fields.objects(
      'createTableDefaultPermissions',
      readDefault,
    ),
    tables,
    lfTags: fields.textMap('lfTags'),
  };
}

function readColumn(fields: FieldReader): SeedColumn {
  fields.onlyKnows(['name', 'type', 'comment', 'lfTags']);
  return {
    name: fields.text('name'),
    type: fields.text('type'),
    comment: fields.optionalText('comment'),
    lfTags: fields.textMap('lfTags'),
  };
}

function readPartition(fields: FieldReader, keys: number): SeedPartition {
  fields.onlyKnows(['values', 'location']);
  const values = fields.texts('values');
  if (values.length !== keys) {
    throw wrong(
      `${fields.path}.values`,
      `a value for each of ${keys} partition keys`,
      values,
    );
  }
  return { values, location: fields.optionalText('location') };
}

function readTable(fields: FieldReader): SeedTable {
  fields.onlyKnows([
    'name',
    'target',
    'description',
    'location',
    'columns',
    'partitionKeys',
    'partitions',
    'owner',
    'creator',
    'iamAllowedPrincipals',
    'parameters',
    'tableType',
    'dataCellsFilters',
    'lfTags',
  ]);
  const columns = fields.objects('columns', readColumn);
  const partitionKeys = fields.objects('partitionKeys', readColumn);
  refuseDuplicates(
    [...columns, ...partitionKeys].map(({ name }) => name),
    `${fields.path}.columns`,
  );
  return {
    name: fields.text('name'),
    target: fields.has('target')
      ? readTableTarget(fields.object('target'))
      : undefined,
    description: fields.optionalText('description'),
    location: fields.optionalText('location'),
    columns,
    partitionKeys,
    partitions: fields.objects('partitions', partition =>
      readPartition(partition, partitionKeys.length),
    ),
    owner: fields.optionalText('owner'),
    creator: fields.optionalText('creator'),
    iamAllowedPrincipals: fields.flag('iamAllowedPrincipals'),
    parameters: fields.textMap('parameters'),
    tableType: fields.optionalText('tableType'),
    dataCellsFilters: fields.objects('dataCellsFilters', readFilter),
    lfTags: fields.textMap('lfTags'),
  };
}

function readFilter(fields: FieldReader): SeedDataCellsFilter {
  fields.onlyKnows(['name', 'rowFilter', 'columns', 'excludedColumns']);
  return {
    name: fields.text('name'),
    rowFilter: fields.optionalText('rowFilter'),
    ...readColumnChoice(fields),
  };
}

/** Reads the databases of an account or a nested catalog. */
export function readDatabases(fields: FieldReader): SeedDatabase[] {
  const databases = fields.objects('databases', readDatabase);
  refuseDuplicates(
    databases.map(({ region: where = '', name }) =>
      `${where} ${storedName(name)}`.trim(),
    ),
    `${fields.path}.databases`,
  );
  return databases;
}
