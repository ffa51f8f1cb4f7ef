import { Entity } from '@backstage/catalog-model';

/**
 * The `apiVersion` of {@link DataProductEntity}.
 *
 * @public
 */
export const DATA_PRODUCT_API_VERSION = 'lakemesh.io/v1alpha1';

/**
 * The `kind` of {@link DataProductEntity}.
 *
 * @public
 */
export const DATA_PRODUCT_KIND = 'DataProduct';

/**
 * Relation from a data product, component or system to a data product whose
 * data it reads.
 *
 * @public
 */
export const RELATION_CONSUMES_DATA = 'consumesData';

/**
 * Relation from a data product to who reads its data. Reverse of
 * {@link RELATION_CONSUMES_DATA}.
 *
 * @public
 */
export const RELATION_DATA_CONSUMED_BY = 'dataConsumedBy';

/**
 * Annotation on a Domain: the 12-digit AWS account that produces its data.
 *
 * @public
 */
export const ANNOTATION_AWS_ACCOUNT_ID = 'lakemesh.io/aws-account-id';

/**
 * Annotation on a Domain: the AWS region of its lake house.
 *
 * @public
 */
export const ANNOTATION_AWS_REGION = 'lakemesh.io/aws-region';

/**
 * Annotation on a User or Group: the principals it may act as, separated by
 * commas or white space.
 *
 * @public
 */
export const ANNOTATION_PRINCIPALS = 'lakemesh.io/principals';

/**
 * Annotation on a Domain: the LF-Tags of its products and their values, like
 * `sensitivity=low|high,domain=sales`. Read by the Lake Formation module.
 *
 * @public
 */
export const ANNOTATION_LF_TAGS = 'lakemesh.io/lf-tags';

/**
 * Annotation on a Component or System: references of the data products whose
 * data it reads, separated by commas or white space.
 *
 * @public
 */
export const ANNOTATION_CONSUMES_DATA = 'lakemesh.io/consumes-data';

/**
 * What a product is made of, in the words of data mesh.
 *
 * @public
 */
export type DataProductType =
  | 'source-aligned'
  | 'aggregate'
  | 'consumer-aligned';

/**
 * Status of a product, the list of the Open Data Product Standard.
 *
 * @public
 */
export type DataProductLifecycle =
  | 'proposed'
  | 'draft'
  | 'active'
  | 'deprecated'
  | 'retired';

/**
 * How sensitive the data is, from `public` to `restricted`.
 *
 * @public
 */
export type DataClassification =
  | 'public'
  | 'internal'
  | 'confidential'
  | 'restricted';

// The parts of the entity are type aliases, not interfaces: only those fit the
// JsonObject that the catalog wants `spec` to be.

/**
 * A column of a table of an output port.
 *
 * @public
 */
export type DataProductColumn = {
  name: string;
  /** Type as Glue writes it, like `decimal(10,2)` or `struct<a:int>`. */
  type: string;
  description?: string;
  classification?: DataClassification;
  /** Personal data: policy may add an approver for it. */
  pii?: boolean;
  partitionKey?: boolean;
  /** Part of what identifies a row. */
  key?: boolean;
  tags?: string[];
};

/**
 * A table of an output port with its schema.
 *
 * @public
 */
export type DataProductTable = {
  name: string;
  description?: string;
  columns: DataProductColumn[];
};

/**
 * A promise about a port, like freshness or availability.
 *
 * @public
 */
export type ServiceLevel = {
  /** Dimension, like `freshness`, `availability`, `retention`. */
  name: string;
  /** Value as people read it, like `24 h` or `99.5 %`. */
  value: string;
  description?: string;
};

/**
 * Where a port of type `lake-formation` lives.
 *
 * @public
 */
export type LakeFormationLocation = {
  /**
   * Glue catalog that owns the tables. A string: nested catalogs read like
   * `123456789012:s3tablescatalog/bucket`.
   */
  catalogId: string;
  region: string;
  database: string;
  /**
   * Account whose buckets hold the data, where a governance account owns the
   * catalog.
   */
  dataAccountId?: string;
};

/**
 * A port through which a product gives its data away.
 *
 * @public
 */
export type OutputPort = {
  /** Unique within the product. */
  name: string;
  title?: string;
  description?: string;
  /** Names the provisioner that serves the port, like `lake-formation`. */
  type: string;
  version?: string;
  /** Shape depends on the type; see {@link LakeFormationLocation}. */
  location: { [key: string]: string };
  tables: DataProductTable[];
  /** Link to or id of an Open Data Contract Standard document. */
  contract?: string;
  serviceLevels?: ServiceLevel[];
};

/**
 * A port through which a product takes data in.
 *
 * @public
 */
export type InputPort = {
  name: string;
  description?: string;
  /** Entity reference of the data product read here. */
  product?: string;
  /** Output port of that product. */
  port?: string;
  /** Source outside the mesh, in words. */
  source?: string;
};

/**
 * Rules of the product's owner about who may get access.
 *
 * @public
 */
export type DataProductAccess = {
  /** Users or groups that decide instead of the owner. */
  approvers?: string[];
  /** Ids of purposes that are allowed. Absent means all that config names. */
  purposes?: string[];
  maxDurationDays?: number;
  /** Columns, as `table.column` or `column`, that are never given away. */
  neverShared?: string[];
};

/**
 * A data product in the catalog.
 *
 * @public
 */
export interface DataProductEntity extends Entity {
  apiVersion: typeof DATA_PRODUCT_API_VERSION;
  kind: typeof DATA_PRODUCT_KIND;
  spec: {
    type: DataProductType;
    lifecycle: DataProductLifecycle;
    version: string;
    owner: string;
    domain: string;
    system?: string;
    classification?: DataClassification;
    inputPorts?: InputPort[];
    outputPorts: OutputPort[];
    access?: DataProductAccess;
    support?: { channel?: string; url?: string; email?: string };
  };
}

/**
 * Whether an entity is a data product, by kind and API group.
 *
 * @public
 */
export function isDataProductEntity(
  entity: Entity,
): entity is DataProductEntity {
  return (
    entity.kind.toLocaleLowerCase('en-US') ===
      DATA_PRODUCT_KIND.toLocaleLowerCase('en-US') &&
    entity.apiVersion.startsWith('lakemesh.io/')
  );
}
