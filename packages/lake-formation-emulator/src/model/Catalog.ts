import { ColumnSelection } from './ColumnSelection';
import { GrantBook } from './GrantBook';
import { Permission } from './Permission';

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

export interface DatabaseRecord {
  name: string;
  description?: string;
  locationUri?: string;
  parameters?: Record<string, string>;
  createTableDefaultPermissions: DefaultPermission[];
  createdAt: number;
  tables: Map<string, TableRecord>;
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

/** The Data Catalog of one account in one region, and who may do what in it. */
export interface Catalog {
  readonly accountId: string;
  readonly region: string;
  settings: LakeSettings;
  readonly databases: Map<string, DatabaseRecord>;
  grants: GrantBook;
  readonly locations: Map<string, RegisteredLocation>;
}

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
