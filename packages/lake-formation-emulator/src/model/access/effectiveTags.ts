import { Catalog } from '../state/EmulatorState';
import { DatabaseRecord } from '../catalog/DatabaseRecord';
import {
  TableRecord,
  columnsOf,
  partitionKeysOf,
} from '../catalog/TableRecord';
import { ResourceOfKind } from '../grants/Grant';
import {
  TagExpression,
  TagsByKey,
  matchesExpression,
  storedExpression,
} from '../grants/tagExpression';

const NO_TAGS: TagsByKey = {};

/** The tags of a database: only its own. */
export const tagsOfDatabase = (database: DatabaseRecord): TagsByKey =>
  database.lfTags ?? NO_TAGS;

/** The tags of a table: its database's, overridden by its own. */
export const tagsOfTable = (
  database: DatabaseRecord,
  table: TableRecord,
): TagsByKey => ({ ...database.lfTags, ...table.lfTags });

/** The tags of a column: its table's, overridden by its own. */
export const tagsOfColumn = (
  database: DatabaseRecord,
  table: TableRecord,
  column: string,
): TagsByKey => ({
  ...tagsOfTable(database, table),
  ...table.columnLfTags?.[column],
});

/** The names of all columns, partition keys included. */
export const columnNames = (table: TableRecord): string[] =>
  [...columnsOf(table), ...partitionKeysOf(table)].map(({ Name }) => Name);

/**
 * What an expression reaches of a table: all of it, some columns, or nothing.
 * A table without columns is reached by its own tags.
 */
export function reachOfExpression(
  expression: TagExpression,
  database: DatabaseRecord,
  table: TableRecord,
): 'all' | 'none' | readonly string[] {
  const names = columnNames(table);
  const onTable = matchesExpression(expression, tagsOfTable(database, table));
  const { columnLfTags } = table;
  if (!names.length || !columnLfTags) return onTable ? 'all' : 'none';
  const matching = names.filter(name =>
    columnLfTags[name]
      ? matchesExpression(expression, tagsOfColumn(database, table, name))
      : onTable,
  );
  if (!matching.length) return 'none';
  return matching.length === names.length ? 'all' : matching;
}

/**
 * The expression of a tag policy. A saved one is read when it is needed: who
 * changes it changes what its grants reach.
 */
export function expressionOf(
  catalog: Catalog,
  policy: ResourceOfKind<'lfTagPolicy'>,
): TagExpression {
  return 'expression' in policy
    ? policy.expression
    : storedExpression(
        catalog.tagExpressions.get(policy.expressionName)?.expression ?? [],
      );
}

/** Whether any resource carries the value of an LF-Tag. */
export function isAssigned(
  { databases }: Catalog,
  key: string,
  value: string,
): boolean {
  const has = (tags: Readonly<Record<string, string>> | undefined) =>
    tags?.[key] === value;
  for (const database of databases.values()) {
    if (has(database.lfTags)) return true;
    for (const { lfTags, columnLfTags = {} } of database.tables.values()) {
      if (has(lfTags) || Object.values(columnLfTags).some(has)) return true;
    }
  }
  return false;
}

/** A column that is added again does not get back the tags it once had. */
export function forgetTagsOfGoneColumns(table: TableRecord): void {
  if (!table.columnLfTags) return;
  const names = columnNames(table);
  const kept = Object.entries(table.columnLfTags).filter(([name]) =>
    names.includes(name),
  );
  if (kept.length) table.columnLfTags = Object.fromEntries(kept);
  else delete table.columnLfTags;
}
