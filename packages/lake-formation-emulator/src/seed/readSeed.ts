import { storedName } from '../model/storedName';
import { readPolicyDocument } from '../model/iam/PolicyDocument';
import { FieldReader, wrong } from './FieldReader';
import {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedCatalog,
  SeedColumn,
  SeedDataCellsFilter,
  SeedDatabase,
  SeedDefaultPermission,
  SeedGrant,
  SeedLocation,
  SeedOptIn,
  SeedPartition,
  SeedPolicy,
  SeedSettings,
  SeedTable,
} from './LakeFormationEmulatorSeed';
import { readColumnChoice, readSeedResource } from './readSeedResource';
import { readSavedExpression, readTag } from './readSeedTags';
import { readBehaviour } from './readBehaviour';
import { readDatabaseTarget, readTableTarget } from './readTarget';
import { readOrganizations } from './readOrganization';

const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const ARN = /^arn:aws/;
const S3_ARN = /^arn:aws[a-z-]*:s3:::.+/;

/**
 * Checks a seed field by field.
 *
 * @throws TypeError that names the field, what was found and what was expected
 */
export function readSeed(seed: unknown): LakeFormationEmulatorSeed {
  const fields = new FieldReader(seed, '');
  fields.onlyKnows(['accounts', 'organizations', 'behaviour']);
  const accounts = fields.objects('accounts', readAccount);
  refuseDuplicates(
    accounts.map(({ id }) => id),
    'accounts',
  );
  refuseDuplicates(
    accounts.flatMap(({ keys = [] }) => keys.map(key => key.accessKeyId)),
    'accounts[].keys',
  );
  return {
    accounts,
    organizations: readOrganizations(fields),
    behaviour: fields.has('behaviour')
      ? readBehaviour(fields.object('behaviour'))
      : undefined,
  };
}

function refuseDuplicates(names: readonly string[], path: string) {
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw wrong(path, 'no entry twice', twice);
  }
}

function readAccount(fields: FieldReader): SeedAccount {
  fields.onlyKnows([
    'id',
    'alias',
    'regions',
    'administrators',
    'readOnlyAdministrators',
    'keys',
    'roles',
    'users',
    'policies',
    'resourcePolicy',
    'identityCenterInstance',
    'settings',
    'locations',
    'databases',
    'catalogs',
    'lfTags',
    'lfTagExpressions',
    'grants',
    'optIns',
  ]);
  const databases = readDatabases(fields);
  const catalogs = fields.objects('catalogs', readCatalog);
  refuseDuplicates(
    catalogs.map(({ region: where = '', path }) => `${where} ${path}`.trim()),
    `${fields.path}.catalogs`,
  );
  return {
    id: fields.text('id', ACCOUNT_ID, 'an account id of twelve digits'),
    alias: fields.optionalText('alias'),
    regions: fields.has('regions')
      ? fields.texts('regions', REGION, 'an AWS region')
      : undefined,
    administrators: fields.texts('administrators', ARN, 'an ARN'),
    readOnlyAdministrators: fields.texts(
      'readOnlyAdministrators',
      ARN,
      'an ARN',
    ),
    keys: fields.objects('keys', key => {
      key.onlyKnows(['accessKeyId', 'principal']);
      return {
        accessKeyId: key.text('accessKeyId'),
        principal: key.text(
          'principal',
          /^arn:aws:iam::\d{12}:(root|(role|user)\/.+)$|^arn:aws:sts::\d{12}:assumed-role\/[^/]+\/[^/]+$/,
          'the ARN of a role, user, assumed role or account root',
        ),
      };
    }),
    roles: fields.has('roles') ? fields.texts('roles') : undefined,
    users: fields.has('users') ? fields.texts('users') : undefined,
    policies: fields.objects('policies', readPolicy),
    identityCenterInstance: fields.optionalText('identityCenterInstance'),
    resourcePolicy: fields.has('resourcePolicy')
      ? fields.plain('resourcePolicy')
      : undefined,
    settings: fields.has('settings')
      ? readSettings(fields.object('settings'))
      : undefined,
    locations: fields.objects('locations', readLocation),
    databases,
    catalogs,
    lfTags: fields.objects('lfTags', readTag),
    lfTagExpressions: fields.objects('lfTagExpressions', readSavedExpression),
    grants: fields.objects('grants', readGrant),
    optIns: fields.objects('optIns', readOptIn),
  };
}

function readPolicy(fields: FieldReader): SeedPolicy {
  fields.onlyKnows(['name', 'roles', 'users', 'inline', 'document']);
  return {
    name: fields.text('name'),
    roles: fields.texts('roles'),
    users: fields.texts('users'),
    inline: fields.flag('inline'),
    document: readPolicyDocument(
      fields.raw('document'),
      `The emulator's seed at ${fields.path}.document`,
    ),
  };
}

const region = (fields: FieldReader) =>
  fields.has('region')
    ? fields.text('region', REGION, 'an AWS region')
    : undefined;

function readDefault(fields: FieldReader): SeedDefaultPermission {
  fields.onlyKnows(['principal', 'permissions']);
  return {
    principal: fields.text('principal'),
    permissions: fields.texts('permissions'),
  };
}

function readSettings(fields: FieldReader): SeedSettings {
  fields.onlyKnows([
    'crossAccountVersion',
    'createDatabaseDefaultPermissions',
    'createTableDefaultPermissions',
    'allowExternalDataFiltering',
    'allowFullTableExternalDataAccess',
    'externalDataFilteringAllowList',
    'authorizedSessionTagValues',
    'trustedResourceOwners',
  ]);
  return {
    crossAccountVersion: fields.integer('crossAccountVersion', 1, 5),
    createDatabaseDefaultPermissions: fields.objects(
      'createDatabaseDefaultPermissions',
      readDefault,
    ),
    createTableDefaultPermissions: fields.objects(
      'createTableDefaultPermissions',
      readDefault,
    ),
    allowExternalDataFiltering: fields.flag('allowExternalDataFiltering'),
    allowFullTableExternalDataAccess: fields.flag(
      'allowFullTableExternalDataAccess',
    ),
    externalDataFilteringAllowList: fields.texts(
      'externalDataFilteringAllowList',
    ),
    authorizedSessionTagValues: fields.texts('authorizedSessionTagValues'),
    trustedResourceOwners: fields.texts('trustedResourceOwners'),
  };
}

function readLocation(fields: FieldReader): SeedLocation {
  fields.onlyKnows(['region', 'arn', 'roleArn', 'hybridAccessEnabled']);
  return {
    region: region(fields),
    arn: fields.text('arn', S3_ARN, 'the ARN of a location in S3'),
    roleArn: fields.optionalText('roleArn'),
    hybridAccessEnabled: fields.flag('hybridAccessEnabled'),
  };
}

function readDatabases(fields: FieldReader): SeedDatabase[] {
  const databases = fields.objects('databases', readDatabase);
  refuseDuplicates(
    databases.map(({ region: where = '', name }) =>
      `${where} ${storedName(name)}`.trim(),
    ),
    `${fields.path}.databases`,
  );
  return databases;
}

function readCatalog(fields: FieldReader): SeedCatalog {
  fields.onlyKnows(['region', 'path', 'description', 'databases']);
  return {
    region: region(fields),
    path: fields.text(
      'path',
      /^[\w-]+(\/[\w.-]+)*$/,
      'names with slashes between them',
    ),
    description: fields.optionalText('description'),
    databases: readDatabases(fields),
  };
}

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

function readGrant(fields: FieldReader): SeedGrant {
  fields.onlyKnows([
    'region',
    'principal',
    'catalogId',
    'resource',
    'permissions',
    'grantOption',
    'condition',
    'accepted',
  ]);
  return {
    region: region(fields),
    principal: fields.text('principal'),
    catalogId: fields.optionalText('catalogId'),
    resource: readSeedResource(fields.object('resource')),
    condition: fields.optionalText('condition'),
    permissions: fields.texts('permissions'),
    grantOption: Array.isArray(fields.raw('grantOption'))
      ? fields.texts('grantOption')
      : fields.flag('grantOption'),
    accepted: fields.flag('accepted'),
  };
}

function readOptIn(fields: FieldReader): SeedOptIn {
  fields.onlyKnows(['region', 'principal', 'resource', 'condition']);
  return {
    region: region(fields),
    principal: fields.text('principal'),
    resource: readSeedResource(fields.object('resource')),
    condition: fields.optionalText('condition'),
  };
}
