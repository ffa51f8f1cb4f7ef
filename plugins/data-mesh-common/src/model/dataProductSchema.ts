import type { JsonObject } from '@backstage/types';
import { AWS_REGION_PATTERN } from './awsRegion';
import { SAFE_LINK_PATTERN } from './safeLink';

const text: JsonObject = { type: 'string', minLength: 1, maxLength: 1024 };

/** What requests and lists are looked up by. */
const name: JsonObject = { type: 'string', minLength: 1, maxLength: 255 };

/** Versions stand beside titles, and nobody reads longer ones. */
const version: JsonObject = { type: 'string', minLength: 1, maxLength: 64 };

const entityRef: JsonObject = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  description: 'Entity reference, like group:default/team-a',
};

/** Glue's NameString: 1 to 255 characters. */
const glueName: JsonObject = { type: 'string', minLength: 1, maxLength: 255 };

const tags: JsonObject = { type: 'array', items: text, uniqueItems: true };

const classification: JsonObject = {
  type: 'string',
  enum: ['public', 'internal', 'confidential', 'restricted'],
  description: 'How sensitive the data is',
};

const column: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type'],
  properties: {
    name: glueName,
    type: {
      type: 'string',
      minLength: 1,
      // Glue's own limit: structs may be long.
      maxLength: 131072,
      description: 'As Glue writes it, like decimal(10,2)',
    },
    description: { type: 'string' },
    classification,
    pii: { type: 'boolean', description: 'Personal data' },
    partitionKey: { type: 'boolean' },
    key: { type: 'boolean', description: 'Part of what identifies a row' },
    tags,
  },
};

const table: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'columns'],
  properties: {
    name: glueName,
    description: { type: 'string' },
    columns: { type: 'array', minItems: 1, items: column },
  },
};

const serviceLevel: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'value'],
  properties: { name: text, value: text, description: { type: 'string' } },
};

const lakeFormationPort: JsonObject = {
  type: 'object',
  properties: {
    location: {
      type: 'object',
      additionalProperties: false,
      required: ['catalogId', 'region', 'database'],
      properties: {
        catalogId: {
          type: 'string',
          // Glue's CatalogId is an account, or the path of a nested catalog
          // such as 123456789012:s3tablescatalog/bucket.
          maxLength: 255,
          pattern: '^[0-9]{12}(:.+)?$',
          description:
            '12-digit AWS account, for nested catalogs followed by :path',
        },
        region: {
          type: 'string',
          pattern: AWS_REGION_PATTERN,
          description: 'AWS region, like eu-central-1',
        },
        database: glueName,
        dataAccountId: {
          type: 'string',
          pattern: '^[0-9]{12}$',
          description:
            '12-digit AWS account whose buckets hold the data, where that is not the account of the catalog',
        },
      },
    },
    tables: { type: 'array', minItems: 1 },
  },
};

const outputPort: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'type', 'location', 'tables'],
  properties: {
    name,
    title: text,
    description: { type: 'string' },
    type: {
      type: 'string',
      minLength: 1,
      maxLength: 64,
      description: 'Provisioner that serves the port',
    },
    version,
    location: {
      type: 'object',
      additionalProperties: { type: 'string', maxLength: 255 },
    },
    tables: { type: 'array', items: table },
    contract: text,
    serviceLevels: { type: 'array', items: serviceLevel },
  },
  // Which fields a location has depends on the system behind the port; other
  // types are checked by their provisioner.
  if: {
    type: 'object',
    required: ['type'],
    properties: { type: { const: 'lake-formation' } },
  },
  then: lakeFormationPort,
};

const inputPort: JsonObject = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name,
    description: { type: 'string' },
    product: entityRef,
    port: name,
    source: text,
  },
};

const access: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    approvers: { type: 'array', items: entityRef, uniqueItems: true },
    purposes: { type: 'array', items: name, minItems: 1, uniqueItems: true },
    maxDurationDays: { type: 'integer', minimum: 1 },
    neverShared: { type: 'array', items: text, uniqueItems: true },
  },
};

/**
 * JSON schema of {@link DataProductEntity} without the parts that all entities
 * have (`apiVersion`, `kind`, `metadata`), in the shape that catalog model
 * layers accept: no `allOf`, `anyOf`, `oneOf`, `not`, `if` or `$ref` at the
 * root.
 *
 * What a schema cannot say, like unique names and columns that must exist, is
 * added by {@link findDataProductProblems}.
 *
 * @public
 */
export const dataProductSchema: JsonObject = {
  type: 'object',
  required: ['spec'],
  properties: {
    spec: {
      type: 'object',
      additionalProperties: false,
      required: [
        'type',
        'lifecycle',
        'version',
        'owner',
        'domain',
        'outputPorts',
      ],
      properties: {
        type: {
          type: 'string',
          enum: ['source-aligned', 'aggregate', 'consumer-aligned'],
          description: 'What the product is made of, in the words of data mesh',
        },
        lifecycle: {
          type: 'string',
          // The statuses of the Open Data Product Standard 1.0.
          enum: ['proposed', 'draft', 'active', 'deprecated', 'retired'],
          description: 'Status of the product',
        },
        version: { ...version, description: 'Version of the product' },
        owner: entityRef,
        domain: entityRef,
        system: entityRef,
        classification,
        inputPorts: { type: 'array', items: inputPort },
        outputPorts: { type: 'array', items: outputPort },
        access,
        support: {
          type: 'object',
          additionalProperties: false,
          properties: {
            channel: text,
            url: {
              type: 'string',
              maxLength: 2048,
              pattern: SAFE_LINK_PATTERN,
              description:
                'an address of the web, of mail or of a chat, like https://example.com or slack://channel?id=1',
            },
            email: text,
          },
        },
      },
    },
  },
};
