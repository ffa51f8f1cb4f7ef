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
