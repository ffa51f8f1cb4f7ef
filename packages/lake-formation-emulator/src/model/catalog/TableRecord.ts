import { ColumnSelection } from '../grants/ColumnSelection';
import { TagsByKey } from '../grants/tagExpression';
import { Partitions } from './partitions';
import { Column, TableDefinition } from './TableDefinition';

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
