import { EmulatorBehaviour } from '../model/api/Behaviour';
import { IamPolicyDocument } from '../model/iam/PolicyDocument';

/**
 * What an emulator starts with. The same as JSON for the command line.
 *
 * @public
 */
export interface LakeFormationEmulatorSeed {
  /** The accounts that are known from the start. */
  accounts: SeedAccount[];
  /** The organizations that accounts are members of; none where left out. */
  organizations?: SeedOrganization[];
  /** Quotas, delays and the enforcement of IAM policies; none where left out. */
  behaviour?: Partial<EmulatorBehaviour>;
}

/**
 * An AWS account. Its root, whose access key id is the account's id, always is
 * a data lake administrator.
 *
 * @public
 */
export interface SeedAccount {
  /** Twelve digits. */
  id: string;
  /** A name for people. */
  alias?: string;
  /**
   * The regions of the account. What names no region of its own is in the
   * first one, which is `eu-west-1` where the list is left out. Calls to other
   * regions find an empty catalog.
   */
  regions?: string[];
  /** ARNs of the data lake administrators, in every region. */
  administrators?: string[];
  /** ARNs of the read-only administrators, in every region. */
  readOnlyAdministrators?: string[];
  /** Access keys and who they act as. */
  keys?: SeedKey[];
  /**
   * Names of the IAM roles, with their path. Where the list is given no other
   * role exists: it can neither be assumed nor be granted anything.
   */
  roles?: string[];
  /** Names of the IAM users, as for `roles`. */
  users?: string[];
  /** The IAM policies of roles and users, which count where `enforceIam` is on. */
  policies?: SeedPolicy[];
  /**
   * ARN of the instance of IAM Identity Center that Lake Formation is connected
   * with, in the first region.
   */
  identityCenterInstance?: string;
  /** The Data Catalog's resource policy, in the first region. */
  resourcePolicy?: object;
  /** How the Data Catalog is encrypted, in the first region; not where left out. */
  encryption?: SeedEncryption;
  /** Lake Formation's settings; closed ones where left out. */
  settings?: SeedSettings;
  /** Locations in S3 that are registered with Lake Formation. */
  locations?: SeedLocation[];
  /** The databases of this account's catalog. */
  databases?: SeedDatabase[];
  /** Catalogs inside of this account's one, such as S3 table buckets. */
  catalogs?: SeedCatalog[];
  /** The LF-Tags of this account. */
  lfTags?: SeedLfTag[];
  /** The saved LF-Tag expressions of this account. */
  lfTagExpressions?: SeedLfTagExpression[];
  /** Grants in this account's catalog. */
  grants?: SeedGrant[];
  /**
   * Who is held to Lake Formation's grants on what is still open to
   * `IAM_ALLOWED_PRINCIPALS`: hybrid access mode.
   */
  optIns?: SeedOptIn[];
}

/**
 * The encryption settings of a Data Catalog.
 *
 * @public
 */
export interface SeedEncryption {
  mode: 'DISABLED' | 'SSE-KMS' | 'SSE-KMS-WITH-SERVICE-ROLE';
  /**
   * The key, by ARN, id or alias. The one that AWS manages for Glue where left
   * out, with which nothing can be shared across accounts.
   */
  keyId?: string;
  /** The role that Glue uses the key by, for `SSE-KMS-WITH-SERVICE-ROLE`. */
  serviceRole?: string;
}

/**
 * An AWS organization. An account is a member of one organization at most.
 *
 * @public
 */
export interface SeedOrganization {
  /** Such as `o-abcdefghij`. */
  id: string;
  /** The account that manages it, a member like the others. */
  managementAccount: string;
  /** Members that are in no organizational unit. */
  accounts?: string[];
  /** The organizational units below the root. */
  units?: SeedOrganizationalUnit[];
  /** Whether RAM shares within it without invitations. True where left out. */
  sharingEnabled?: boolean;
}

/**
 * An organizational unit.
 *
 * @public
 */
export interface SeedOrganizationalUnit {
  /** Such as `ou-abcd-12345678`. */
  id: string;
  /** Members that are directly in it. */
  accounts?: string[];
  /** The units inside of it. */
  units?: SeedOrganizationalUnit[];
}

/**
 * An access key and who it acts as.
 *
 * @public
 */
export interface SeedKey {
  /** Any text without a slash. */
  accessKeyId: string;
  /**
   * `arn:aws:iam::A:role/N`, `arn:aws:iam::A:user/N`,
   * `arn:aws:sts::A:assumed-role/N/S` or `arn:aws:iam::A:root`.
   */
  principal: string;
}

/**
 * An identity-based IAM policy and who has it.
 *
 * @public
 */
export interface SeedPolicy {
  /** The policy's name. */
  name: string;
  /** Names of roles that have it, with their path. */
  roles?: string[];
  /** Names of users that have it, with their path. */
  users?: string[];
  /** Whether it stands in the role itself instead of being attached. */
  inline?: boolean;
  /** As IAM has it. */
  document: IamPolicyDocument;
}

/**
 * Lake Formation's settings, in every region of the account.
 *
 * @public
 */
export interface SeedSettings {
  /** 1 to 5; 4 where it is left out. */
  crossAccountVersion?: number;
  /** What new databases are granted by default; nothing where left out. */
  createDatabaseDefaultPermissions?: SeedDefaultPermission[];
  /** What new tables are granted by default; nothing where left out. */
  createTableDefaultPermissions?: SeedDefaultPermission[];
  /** Whether engines of others may read filtered data. */
  allowExternalDataFiltering?: boolean;
  /** Whether engines get whole tables without a session tag. */
  allowFullTableExternalDataAccess?: boolean;
  /** The accounts of engines that may filter. */
  externalDataFilteringAllowList?: string[];
  /** The values of the session tag by which engines are known. */
  authorizedSessionTagValues?: string[];
  /** Accounts whose CloudTrail shows the use of their data. */
  trustedResourceOwners?: string[];
}

/**
 * A grant that comes with whatever is newly created.
 *
 * @public
 */
export interface SeedDefaultPermission {
  /** In practice `IAM_ALLOWED_PRINCIPALS`. */
  principal: string;
  /** In practice `ALL`. */
  permissions: string[];
}

/**
 * A location in S3 that Lake Formation manages.
 *
 * @public
 */
export interface SeedLocation {
  /** The account's first region where left out. */
  region?: string;
  /** Such as `arn:aws:s3:::bucket/path`. */
  arn: string;
  /** The service-linked role where it is left out. */
  roleArn?: string;
  /** Whether IAM and Lake Formation both give access. False where left out. */
  hybridAccessEnabled?: boolean;
}

/**
 * A catalog inside of an account's one. What contains it comes by itself.
 *
 * @public
 */
export interface SeedCatalog {
  /** The account's first region where left out. */
  region?: string;
  /** Such as `s3tablescatalog/bucket`. */
  path: string;
  /** Glue's description. */
  description?: string;
  /** Its databases: for a bucket, the namespaces. */
  databases?: SeedDatabase[];
}

/**
 * Where a resource link to a database leads; it need not be there.
 *
 * @public
 */
export interface SeedDatabaseTarget {
  /** The account, or another catalog, of the database. */
  catalogId: string;
  /** Its name there. */
  database: string;
  /** The link's own region where it is left out. */
  region?: string;
}

/**
 * Where a resource link to a table leads; it need not be there.
 *
 * @public
 */
export interface SeedTableTarget extends SeedDatabaseTarget {
  /** Its name there. */
  table: string;
}

/**
 * A database of the Data Catalog, or a link to one.
 *
 * @public
 */
export interface SeedDatabase {
  /** The account's first region where left out. */
  region?: string;
  /** Kept in lower case, as Glue does. */
  name: string;
  /** Makes it a resource link, without tables of its own. */
  target?: SeedDatabaseTarget;
  /** Glue's description. */
  description?: string;
  /** Such as `s3://bucket/path`. */
  locationUri?: string;
  /** Glue's parameters. */
  parameters?: Record<string, string>;
  /** An ARN that gets everything on the database, as its creator. */
  creator?: string;
  /** Leaves the database itself to IAM. False where it is left out. */
  iamAllowedPrincipals?: boolean;
  /** What tables created later in it are granted by default. */
  createTableDefaultPermissions?: SeedDefaultPermission[];
  /** AWS's tags, which have nothing to do with LF-Tags. */
  tags?: Record<string, string>;
  /** The tables of the database. */
  tables?: SeedTable[];
  /** The LF-Tags assigned to the database: a value by key. */
  lfTags?: Record<string, string>;
}

/**
 * A table of the Data Catalog, of Parquet files, or a link to one.
 *
 * @public
 */
export interface SeedTable {
  /** Kept in lower case, as Glue does. */
  name: string;
  /** Makes it a resource link, without columns of its own. */
  target?: SeedTableTarget;
  /** Glue's description. */
  description?: string;
  /** Such as `s3://bucket/path`. */
  location?: string;
  /** The columns without the partition keys; empty for a resource link. */
  columns: SeedColumn[];
  /** The columns that Lake Formation never filters away. */
  partitionKeys?: SeedColumn[];
  /** The partitions of the table, with its columns. */
  partitions?: SeedPartition[];
  /** Glue's owner, a text without effect. */
  owner?: string;
  /** An ARN that gets everything on the table, as its creator. */
  creator?: string;
  /** Leaves the table to IAM. False where it is left out. */
  iamAllowedPrincipals?: boolean;
  /** Glue's parameters, beside `classification: parquet`. */
  parameters?: Record<string, string>;
  /** `EXTERNAL_TABLE` where it is left out. */
  tableType?: string;
  /** The data cells filters of the table. */
  dataCellsFilters?: SeedDataCellsFilter[];
  /** The LF-Tags assigned to the table, beside what it inherits. */
  lfTags?: Record<string, string>;
}

/**
 * A data cells filter: a choice of rows and columns that can be granted.
 *
 * @public
 */
export interface SeedDataCellsFilter {
  /** Unique in its table. */
  name: string;
  /** Such as `country = 'DE'`. All rows where it is left out. */
  rowFilter?: string;
  /** Only these columns. All where both lists are left out. */
  columns?: string[];
  /** All columns but these. */
  excludedColumns?: string[];
}

/**
 * A partition of a table.
 *
 * @public
 */
export interface SeedPartition {
  /** One value for each partition key. */
  values: string[];
  /** Below the table's location, such as `day=2026-01-01`, where left out. */
  location?: string;
}

/**
 * A column or a partition key.
 *
 * @public
 */
export interface SeedColumn {
  /** As it is spelt. */
  name: string;
  /** Such as `bigint` or `decimal(10,2)`. */
  type: string;
  /** Glue's comment. */
  comment?: string;
  /** The LF-Tags assigned to the column, beside what it inherits. */
  lfTags?: Record<string, string>;
}

/**
 * A grant, with all the checks of Lake Formation.
 *
 * @public
 */
export interface SeedGrant {
  /** The account's first region where left out. */
  region?: string;
  /**
   * An ARN, `A:IAMPrincipals`, `IAM_ALLOWED_PRINCIPALS`, another account's id,
   * or the ARN of an organization or organizational unit.
   */
  principal: string;
  /**
   * The catalog that the resource is in: a nested one, or another account's of
   * which this account passes on what is shared with it. The account's own
   * where left out.
   */
  catalogId?: string;
  /** What the grant is on. */
  resource: SeedResource;
  /** Such as `SELECT` and `DESCRIBE`. */
  permissions: string[];
  /** True for the grant option on all of them, or those that have it. */
  grantOption?: boolean | string[];
  /** Accepts the invitation that a grant to another account causes. */
  accepted?: boolean;
  /**
   * A Cedar expression over the tags of a session, for `A:IAMPrincipals` only:
   * `context.iam.principalTags.getTag("team") == "sales"`.
   */
  condition?: string;
}

/**
 * An opt-in to Lake Formation's grants.
 *
 * @public
 */
export interface SeedOptIn {
  /** The account's first region where left out. */
  region?: string;
  /** An ARN or `A:IAMPrincipals`. */
  principal: string;
  /** A database, a table or all tables. */
  resource: SeedResource;
  /** As in a grant. */
  condition?: string;
}

/**
 * What a grant is on.
 *
 * @public
 */
export type SeedResource =
  | { catalog: true }
  | { database: string }
  | {
      database: string;
      /** A table's name, or `*` for all tables. */
      table: string;
      /** Only these columns. */
      columns?: string[];
      /** All columns but these. */
      excludedColumns?: string[];
    }
  | {
      database: string;
      table: string;
      /** The name of a data cells filter of the table. */
      filter: string;
    }
  | {
      /** An ARN such as `arn:aws:s3:::bucket/path`. */
      dataLocation: string;
    }
  | {
      /** The key of an LF-Tag. */
      lfTag: string;
      /** Values of it, or `*` for all. */
      values: string[];
    }
  | {
      /** The name of a saved LF-Tag expression. */
      lfTagExpression: string;
    }
  | {
      /** Whether the expression reaches databases, or tables and columns. */
      lfTagPolicy: 'DATABASE' | 'TABLE';
      /** The LF-Tags that must match. */
      expression: SeedTagExpression;
    }
  | {
      /** Whether the expression reaches databases, or tables and columns. */
      lfTagPolicy: 'DATABASE' | 'TABLE';
      /** The name of a saved LF-Tag expression. */
      expressionName: string;
    };

/**
 * An LF-Tag and its values.
 *
 * @public
 */
export interface SeedLfTag {
  /** The account's first region where left out. */
  region?: string;
  /** Kept in lower case. */
  key: string;
  /** Kept in lower case. */
  values: string[];
}

/**
 * A saved LF-Tag expression.
 *
 * @public
 */
export interface SeedLfTagExpression {
  /** The account's first region where left out. */
  region?: string;
  /** By which grants name it. */
  name: string;
  /** A text for people. */
  description?: string;
  /** The LF-Tags that must match. */
  expression: SeedTagExpression;
}

/**
 * An LF-Tag expression: the values that match, by key. Every key must match.
 *
 * @public
 */
export type SeedTagExpression = Record<string, string[]>;
