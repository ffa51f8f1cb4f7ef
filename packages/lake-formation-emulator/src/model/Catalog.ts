import { CatalogEncryption } from './catalogEncryption';
import { ColumnSelection } from './ColumnSelection';
import { EmulatorState } from './EmulatorState';
import { GrantResource, resourceKey } from './Grant';
import { GrantBook } from './GrantBook';
import { IdentityCenterConfiguration } from './IdentityCenterConfiguration';
import { Partitions } from './partitions';
import { Permission } from './Permission';
import { ResourcePolicyRecord } from './resourcePolicy';
import { TagExpression, TagsByKey } from './tagExpression';

/** A default grant for what is newly created. */
export interface DefaultPermission {
  principal: string;
  permissions: Permission[];
}

/** Lake Formation's settings of one account in one region. */
export interface LakeSettings {
  administrators: string[];
  readOnlyAdministrators: string[];
  createDatabaseDefaultPermissions: DefaultPermission[];
  createTableDefaultPermissions: DefaultPermission[];
  parameters: Record<string, string>;
  trustedResourceOwners: string[];
  allowExternalDataFiltering: boolean;
  allowFullTableExternalDataAccess: boolean;
  externalDataFilteringAllowList: string[];
  authorizedSessionTagValues: string[];
}

export interface Column {
  Name: string;
  Type?: string;
  Comment?: string;
  Parameters?: Record<string, string>;
}

/**
 * A table. `definition` is Glue's TableInput, kept as it came (dates as
 * milliseconds); names are lower case as Glue stores them.
 */
export interface TableRecord {
  name: string;
  definition: TableDefinition;
  createdAt: number;
  updatedAt: number;
  createdBy: string;
  versionId: number;
  /** Former versions, the oldest first. */
  archive?: Pick<TableRecord, 'definition' | 'updatedAt' | 'versionId'>[];
  /** Set on a resource link, which has no columns of its own. */
  target?: TableTarget;
  /** By `partitionKey`. */
  partitions?: Partitions;
  /** The table's own LF-Tags, without what it inherits. */
  lfTags?: TagsByKey;
  /** The own LF-Tags of its columns. */
  columnLfTags?: Readonly<Record<string, TagsByKey>>;
}

/** Glue's TableInput as far as the emulator reads it; the rest is carried along. */
export interface TableDefinition {
  StorageDescriptor?: {
    Columns?: Column[];
    Location?: string;
    [member: string]: unknown;
  };
  PartitionKeys?: Column[];
  [member: string]: unknown;
}

/** Where a database resource link leads to; it need not be there. */
export interface DatabaseTarget {
  readonly catalogId: string;
  readonly database: string;
  /** The link's own region where left out. */
  readonly region?: string;
}

/** Where a table resource link leads to. */
export interface TableTarget extends DatabaseTarget {
  readonly table: string;
}

export interface DatabaseRecord {
  name: string;
  /** Set on a resource link, which has no tables of its own. */
  target?: DatabaseTarget;
  description?: string;
  locationUri?: string;
  parameters?: Record<string, string>;
  createTableDefaultPermissions: DefaultPermission[];
  createdAt: number;
  tables: Map<string, TableRecord>;
  /** AWS's tags, which have nothing to do with LF-Tags. */
  tags?: Record<string, string>;
  lfTags?: TagsByKey;
}

/** A location in S3 that Lake Formation manages. */
export interface RegisteredLocation {
  arn: string;
  roleArn: string;
  hybridAccessEnabled: boolean;
  withFederation: boolean;
  withPrivilegedAccess: boolean;
  lastModified: number;
  expectedResourceOwnerAccount?: string;
}

/** An LF-Tag: a key and the values it may have. */
export interface LfTagRecord {
  readonly key: string;
  values: string[];
  /** The principal who made it, who may do everything with it implicitly. */
  readonly createdBy: string;
}

/** A saved LF-Tag expression. */
export interface TagExpressionRecord {
  readonly name: string;
  description?: string;
  expression: TagExpression;
  readonly createdBy: string;
}

/** The rows and columns of a table that a grant on the filter reaches. */
export interface DataCellsFilterRecord {
  readonly database: string;
  readonly table: string;
  readonly name: string;
  columns: ColumnSelection;
  /** Absent for all rows. */
  rowFilter?: string;
  /** Changes with every update. */
  versionId: string;
  readonly createdBy: string;
}

/** Whoever is held to Lake Formation's grants although IAM would do. */
export interface OptIn {
  readonly principal: string;
  readonly resource: GrantResource;
  readonly condition?: string;
  /** The order of listings. */
  readonly sequence: number;
  readonly lastModified: number;
  readonly updatedBy: string;
}

/** A catalog inside of an account's one, such as an S3 table bucket. */
export interface NestedCatalogRecord {
  /** Such as `s3tablescatalog/bucket`. */
  readonly path: string;
  description?: string;
  parameters?: Record<string, string>;
  /** What it stands for elsewhere. */
  federated?: {
    identifier?: string;
    connectionName?: string;
    connectionType?: string;
  };
  createDatabaseDefaultPermissions: DefaultPermission[];
  createTableDefaultPermissions: DefaultPermission[];
  createdAt: number;
  updatedAt: number;
  /** Grants outlive a catalog that is deleted. */
  isDeleted?: boolean;
}

/** The Data Catalog of one account in one region, and who may do what in it. */
export interface Catalog {
  /** Everything around the catalog: other accounts, shares, organizations. */
  readonly state: EmulatorState;
  readonly accountId: string;
  readonly region: string;
  /** Set on a catalog that is inside of the account's one. */
  readonly inside?: NestedCatalogRecord;
  /** The catalogs inside of this one, at any depth, by their paths. */
  readonly nested: Map<string, Catalog>;
  settings: LakeSettings;
  readonly databases: Map<string, DatabaseRecord>;
  grants: GrantBook;
  /**
   * What the account has passed on to its own principals of the catalogs of
   * other accounts, by their ids.
   */
  readonly passedOn: Map<string, GrantBook>;
  readonly locations: Map<string, RegisteredLocation>;
  resourcePolicy?: ResourcePolicyRecord;
  encryption?: CatalogEncryption;
  identityCenter?: IdentityCenterConfiguration;
  readonly lfTags: Map<string, LfTagRecord>;
  readonly tagExpressions: Map<string, TagExpressionRecord>;
  /** By `filterKey`. */
  readonly dataCellsFilters: Map<string, DataCellsFilterRecord>;
  /** By `optInKey`; one for each condition. */
  readonly optIns: Map<string, OptIn[]>;
}

/** Where the opt-ins of a principal to a resource are kept. */
export const optInKey = (principal: string, resource: GrantResource) =>
  `${principal}\u0000${resourceKey(resource)}`;

/** Where a data cells filter is kept. */
export const filterKey = (database: string, table: string, name: string) =>
  [database, table, name].join('\u0000');

/** The columns of a table that may be filtered: partition keys may not. */
export const columnsOf = (table: TableRecord): Column[] =>
  table.definition.StorageDescriptor?.Columns ?? [];

export const partitionKeysOf = (table: TableRecord): Column[] =>
  table.definition.PartitionKeys ?? [];

export const locationOf = (table: TableRecord): string | undefined =>
  table.definition.StorageDescriptor?.Location;

/** Names in a selection that the table does not have. */
export function unknownColumns(
  table: TableRecord,
  selection: ColumnSelection,
): string[] {
  const known = [...columnsOf(table), ...partitionKeysOf(table)].map(
    column => column.Name,
  );
  const named = 'include' in selection ? selection.include : selection.exclude;
  return named.filter(name => !known.includes(name));
}
