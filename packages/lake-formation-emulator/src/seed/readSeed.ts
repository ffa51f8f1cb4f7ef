import { CATALOG_ENCRYPTION_MODES } from '../model/catalog/catalogEncryption';
import { readPolicyDocument } from '../model/iam/PolicyDocument';
import { FieldReader, wrong } from './FieldReader';
import {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedCatalog,
  SeedEncryption,
  SeedGrant,
  SeedLocation,
  SeedOptIn,
  SeedPolicy,
  SeedSettings,
} from './LakeFormationEmulatorSeed';
import { readDatabases } from './readSeedDatabase';
import { readSeedResource } from './readSeedResource';
import { readSavedExpression, readTag } from './readSeedTags';
import { readBehaviour } from './readBehaviour';
import { readOrganizations } from './readOrganization';
import { REGION, readDefault, refuseDuplicates, region } from './seedFields';

const ACCOUNT_ID = /^\d{12}$/;
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
    'encryption',
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
    encryption: fields.has('encryption')
      ? readSeedEncryption(fields.object('encryption'))
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

function readSeedEncryption(fields: FieldReader): SeedEncryption {
  fields.onlyKnows(['mode', 'keyId', 'serviceRole']);
  const mode = CATALOG_ENCRYPTION_MODES.find(one => one === fields.raw('mode'));
  if (!mode) {
    throw wrong(
      `${fields.path}.mode`,
      `one of ${CATALOG_ENCRYPTION_MODES.join(', ')}`,
      fields.raw('mode'),
    );
  }
  return {
    mode,
    keyId: fields.optionalText('keyId'),
    serviceRole: fields.optionalText('serviceRole'),
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
