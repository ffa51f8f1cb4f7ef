import { z } from 'zod';
import {
  accountId,
  anyObject,
  fields,
  flag,
  integerIn,
  list,
  noneTwice,
  oneOf,
  region,
  text,
  texts,
  whole,
} from '../../input/fields';
import { CATALOG_ENCRYPTION_MODES } from '../../model/catalog/catalogEncryption';
import { IamPolicyDocument } from '../../model/iam/PolicyDocument';
import { SeedAccount } from '../SeedAccount';
import { databasesSchema, defaultPermission } from './databaseSchema';
import { S3_ARN, resourceSchema, tagExpressionSchema } from './resourceSchema';

const arn = text('an ARN', /^arn:aws/);
const inRegion = { region: region.optional() };

const key = fields({
  accessKeyId: text(),
  principal: text(
    'the ARN of a role, user, assumed role or account root',
    /^arn:aws:iam::\d{12}:(root|(role|user)\/.+)$|^arn:aws:sts::\d{12}:assumed-role\/[^/]+\/[^/]+$/,
  ),
});

const policy = fields({
  name: text(),
  roles: texts(),
  users: texts(),
  inline: flag().default(false),
  // Checked by `readPolicyDocument`, which knows IAM's grammar.
  document: z.custom<IamPolicyDocument>(() => true).optional(),
}).transform(({ document, ...rest }) => ({
  ...rest,
  document: document as IamPolicyDocument,
}));

const encryption = fields({
  mode: oneOf(CATALOG_ENCRYPTION_MODES),
  keyId: text().optional(),
  serviceRole: text().optional(),
});

const settings = fields({
  crossAccountVersion: integerIn(1, 5).optional(),
  createDatabaseDefaultPermissions: list(defaultPermission).default([]),
  createTableDefaultPermissions: list(defaultPermission).default([]),
  allowExternalDataFiltering: flag().default(false),
  allowFullTableExternalDataAccess: flag().default(false),
  externalDataFilteringAllowList: texts(),
  authorizedSessionTagValues: texts(),
  trustedResourceOwners: texts(),
});

const location = fields({
  ...inRegion,
  arn: S3_ARN,
  roleArn: text().optional(),
  hybridAccessEnabled: flag().default(false),
});

const catalog = fields({
  ...inRegion,
  path: text('names with slashes between them', /^[\w-]+(\/[\w.-]+)*$/),
  description: text().optional(),
  databases: databasesSchema,
});

const grant = fields({
  ...inRegion,
  principal: text(),
  catalogId: text().optional(),
  resource: resourceSchema,
  permissions: texts(),
  grantOption: z
    .union([z.boolean(), list(text())], { error: 'true or false' })
    .default(false),
  condition: text().optional(),
  accepted: flag().default(false),
});

const optIn = fields({
  ...inRegion,
  principal: text(),
  resource: resourceSchema,
  condition: text().optional(),
});

/** An account of the seed. */
export const accountSchema: z.ZodType<SeedAccount> = fields({
  id: accountId,
  alias: text().optional(),
  regions: list(region).optional(),
  administrators: texts(arn),
  readOnlyAdministrators: texts(arn),
  keys: list(key).default([]),
  roles: list(text()).optional(),
  users: list(text()).optional(),
  policies: list(policy).default([]),
  resourcePolicy: anyObject().optional(),
  encryption: encryption.optional(),
  identityCenterInstance: text().optional(),
  settings: settings.optional(),
  locations: list(location).default([]),
  databases: databasesSchema,
  catalogs: list(catalog)
    .default([])
    .check(
      whole(catalogs =>
        noneTwice(
          catalogs.map(({ region: where = '', path }) =>
            `${where} ${path}`.trim(),
          ),
        ),
      ),
    ),
  lfTags: list(fields({ ...inRegion, key: text(), values: texts() })).default(
    [],
  ),
  lfTagExpressions: list(
    fields({
      ...inRegion,
      name: text(),
      description: text().optional(),
      expression: tagExpressionSchema,
    }),
  ).default([]),
  grants: list(grant).default([]),
  optIns: list(optIn).default([]),
});
