/**
 * Writes src/wire/models/*.ts from the schemas inside the AWS SDK packages:
 * paths, shapes, required members and errors come from AWS, not from us.
 *
 *   node scripts/generateServiceModels.mjs           writes the files
 *   node scripts/generateServiceModels.mjs --check   fails if they are stale
 */
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const prettier = require('prettier');
const prettierConfig = require('@backstage/cli/config/prettier');

/** The parts of Glue that touch the Data Catalog; the rest is another product. */
const GLUE_CATALOG_OPERATIONS =
  /^(Get|Create|Update|Delete|Search|Batch(Get|Create|Update|Delete))(UnfilteredTableMetadata|UnfilteredPartitions?Metadata|Tables?|Databases?|Catalogs?|Partitions?|ResourcePolicy|ResourcePolicies|Tags|TableVersions?|UserDefinedFunctions?)$|^(TagResource|UntagResource|PutResourcePolicy|GetDataCatalogEncryptionSettings|PutDataCatalogEncryptionSettings)$/;

/** The parts of IAM that tell what a role may do, and let roles come and go. */
const IAM_ROLE_OPERATIONS =
  /^(CreateRole|DeleteRole|GetRole|GetUser|GetRolePolicy|ListRolePolicies|ListAttachedRolePolicies|SimulatePrincipalPolicy)$/;

const services = [
  {
    name: 'lakeFormation',
    client: '@aws-sdk/client-lakeformation',
    includes: () => true,
    enums: [
      'Permission',
      'DataLakeResourceType',
      'FieldNameString',
      'ComparisonOperator',
    ],
  },
  {
    name: 'glue',
    client: '@aws-sdk/client-glue',
    includes: name => GLUE_CATALOG_OPERATIONS.test(name),
    enums: [
      'Permission',
      'ResourceShareType',
      'CatalogEncryptionMode',
      'Comparator',
      'DatabaseAttributes',
      'TableAttributes',
    ],
  },
  {
    name: 'iam',
    isQuery: true,
    client: '@aws-sdk/client-iam',
    includes: name => IAM_ROLE_OPERATIONS.test(name),
    enums: [],
  },
  {
    name: 'ram',
    client: '@aws-sdk/client-ram',
    includes: () => true,
    enums: [
      'ResourceOwner',
      'ResourceShareAssociationType',
      'ResourceShareAssociationStatus',
      'ResourceShareStatus',
    ],
  },
  {
    name: 'sts',
    isQuery: true,
    client: '@aws-sdk/client-sts',
    includes: () => true,
    enums: [],
  },
];

const SIMPLE = { 0: 'string', 1: 'number', 2: 'boolean', 4: 'timestamp' };

function simpleType(code) {
  if (code >= 4 && code <= 7) return 'timestamp';
  if (code === 21 || code === 42) return 'blob';
  if (code === 17 || code === 19) return 'number';
  return SIMPLE[code] ?? 'string';
}

/** Registers a schema (and what it refers to) and returns its shape's name. */
function register(schema, shapes) {
  let found = typeof schema === 'function' ? schema() : schema;
  if (Array.isArray(found) && Array.isArray(found[0])) found = found[0]; // [schema, traits]
  if (
    Array.isArray(found) &&
    found.length === 2 &&
    typeof found[0] === 'number'
  ) {
    found = found[0]; // a simple type with traits
  }
  if (Array.isArray(found) && typeof found[0] === 'function')
    found = found[0]();
  if (typeof found === 'number') {
    if (found >= 128) {
      const value = simpleType(found - 128);
      const name = `MapOf:${value}`;
      shapes[value] = { type: value };
      shapes[name] = { type: 'map', value };
      return name;
    }
    if (found >= 64) {
      const member = simpleType(found - 64);
      const name = `ListOf:${member}`;
      shapes[member] = { type: member };
      shapes[name] = { type: 'list', member };
      return name;
    }
    const type = simpleType(found);
    shapes[type] = { type };
    return type;
  }
  if (found === 'unit') return register([3, '', 'Unit', 0, [], []], shapes);
  const [kind, , name, , ...rest] = found;
  if (kind === 0) return register(rest[0], shapes);
  if (shapes[name]) return name;
  if (kind === 1) {
    shapes[name] = { type: 'list', member: '' };
    shapes[name].member = register(rest[0], shapes);
  } else if (kind === 2) {
    shapes[name] = { type: 'map', value: '' };
    shapes[name].value = register(rest[1], shapes);
  } else if (Math.abs(kind) === 3 || kind === 4) {
    const [names, schemas, required = 0] = rest;
    shapes[name] = {
      type: 'structure',
      members: {},
      required: names.slice(0, required),
    };
    names.forEach((member, i) => {
      shapes[name].members[member] = register(schemas[i], shapes);
    });
  } else {
    throw new Error(`Shape ${name} has the unknown kind ${kind}`);
  }
  return name;
}

/** Members of an input that stand in the URL's query instead of the body. */
function queryMembers(input) {
  const schema = typeof input === 'function' ? input() : input;
  if (!Array.isArray(schema)) return {};
  const [, , , , names = [], schemas = []] = schema;
  const query = Object.fromEntries(
    names.flatMap((member, i) => {
      const bound = Array.isArray(schemas[i]) && schemas[i][1]?.httpQuery;
      return bound ? [[bound, member]] : [];
    }),
  );
  return Object.keys(query).length ? { query } : {};
}

function generate({ client, includes, enums, isQuery = false }) {
  const sdk = require(client);
  const schemas = Object.entries(sdk).filter(
    ([key, value]) => key.endsWith('$') && Array.isArray(value),
  );
  const shapes = {};
  const operations = {};
  const operationNames = [];
  const errors = {};
  for (const [, schema] of schemas) {
    if (schema[0] === 9) {
      const [, , name, traits, input, output] = schema;
      operationNames.push(name);
      if (includes(name)) {
        const [method, path] = traits?.http ?? [];
        operations[name] = {
          ...(path ? { path } : {}),
          ...(method && method !== 'POST' ? { method } : {}),
          ...queryMembers(input),
          input: register(input, shapes),
          output: register(output, shapes),
        };
      }
    } else if (schema[0] === -3 && schema[3]) {
      const traits = schema[3];
      const code = (isQuery && traits.awsQueryError?.[0]) || schema[2];
      errors[code] =
        traits.httpError ?? (traits.error === 'server' ? 500 : 400);
    }
  }
  return {
    operationNames: operationNames.sort(),
    operations,
    shapes: Object.fromEntries(
      Object.entries(shapes).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    errors,
    enums: Object.fromEntries(
      enums.map(name => [name, Object.values(sdk[name])]),
    ),
  };
}

let stale = false;
for (const service of services) {
  const file = fileURLToPath(
    new URL(`../src/wire/models/${service.name}.ts`, import.meta.url),
  );
  const source = `// Generated from ${
    service.client
  } by scripts/generateServiceModels.mjs. Do not edit.
import { ServiceModel } from '../ServiceModel';

export const ${service.name}Model: ServiceModel = ${JSON.stringify(
    generate(service),
  )};
`;
  const text = prettier.format(source, {
    ...prettierConfig,
    parser: 'typescript',
  });
  if (process.argv.includes('--check')) {
    if (readFileSync(file, 'utf8') !== text) {
      stale = true;
      console.error(
        `${file} differs from ${service.client}; run scripts/generateServiceModels.mjs`,
      );
    }
  } else {
    writeFileSync(file, text);
  }
}
process.exitCode = stale ? 1 : 0;
