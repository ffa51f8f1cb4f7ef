import { Column } from './TableDefinition';
import { TableRecord, columnsOf, partitionKeysOf } from './TableRecord';
import { ColumnSelection, selectsColumn } from '../grants/ColumnSelection';

/** A table as a search looks at it: with the columns the searcher sees. */
export interface SearchedTable {
  readonly database: string;
  readonly table: TableRecord;
  readonly visible: ColumnSelection;
}

/** A condition on a property of a table. */
export interface PropertyFilter {
  readonly Key: string;
  readonly Value: string;
  readonly Comparator?: string;
}

const lower = (text: string) => text.toLocaleLowerCase('en-US');

/** Cut at punctuation, as AWS cuts names: `customer-link` has `link`. */
const tokensOf = (text: string) =>
  lower(text)
    .split(/[^\p{L}\p{N}_]+/u)
    .filter(Boolean);

const visibleColumnsOf = ({ table, visible }: SearchedTable): Column[] => [
  ...columnsOf(table).filter(({ Name }) => selectsColumn(visible, Name)),
  ...partitionKeysOf(table),
];

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** Everything of a table that a text may be found in. */
function searchableTexts(searched: SearchedTable): string[] {
  const { database, table } = searched;
  const { Description, Owner, Parameters } = table.definition;
  return [
    table.name,
    database,
    textOf(Description),
    textOf(Owner),
    ...visibleColumnsOf(searched).flatMap(({ Name, Comment }) => [
      Name,
      Comment ?? '',
    ]),
    ...Object.values((Parameters ?? {}) as Record<string, string>),
  ].filter(Boolean);
}

/**
 * Whether a table is found by a text: one in quotes must be a whole property,
 * of another every word must be in some property.
 */
export function isFound(text: string | undefined, searched: SearchedTable) {
  if (!text?.trim()) return true;
  const texts = searchableTexts(searched).map(lower);
  const exact = /^"(.*)"$/s.exec(text.trim())?.[1];
  if (exact !== undefined) return texts.includes(lower(exact));
  return tokensOf(text).every(word => texts.some(one => one.includes(word)));
}

const TIMES = ['CreateTime', 'UpdateTime', 'LastAccessTime'];

function timeOf({ table }: SearchedTable, key: string): number | undefined {
  if (key === 'CreateTime') return table.createdAt;
  if (key === 'UpdateTime') return table.updatedAt;
  const value = table.definition.LastAccessTime;
  return typeof value === 'number' ? value : undefined;
}

function propertyOf(searched: SearchedTable, key: string): string[] {
  const { database, table } = searched;
  switch (key) {
    case 'Name':
      return [table.name];
    case 'DatabaseName':
      return [database];
    case 'ColumnName':
      return visibleColumnsOf(searched).map(({ Name }) => Name);
    case 'Description':
    case 'Owner':
    case 'TableType':
      return [textOf(table.definition[key])];
    default: {
      const parameters = table.definition.Parameters as
        | Record<string, string>
        | undefined;
      return [parameters?.[key] ?? ''];
    }
  }
}

function compareTimes(comparator: string, found: number, wanted: number) {
  switch (comparator) {
    case 'GREATER_THAN':
      return found > wanted;
    case 'GREATER_THAN_EQUALS':
      return found >= wanted;
    case 'LESS_THAN':
      return found < wanted;
    case 'LESS_THAN_EQUALS':
      return found <= wanted;
    default:
      return found === wanted;
  }
}

/** Whether a filter is about a time, which alone may be compared. */
export const isTimeFilter = ({ Key }: PropertyFilter) => TIMES.includes(Key);

/** Times are compared; of texts one of the words must be the value. */
export function satisfies(filter: PropertyFilter, searched: SearchedTable) {
  const { Key, Value, Comparator = 'EQUALS' } = filter;
  if (isTimeFilter(filter)) {
    const found = timeOf(searched, Key);
    return (
      found !== undefined && compareTimes(Comparator, found, Date.parse(Value))
    );
  }
  return propertyOf(searched, Key).some(
    property =>
      lower(property) === lower(Value) ||
      tokensOf(property).includes(lower(Value)),
  );
}

/** What tables are sorted by. */
export function sortValue(searched: SearchedTable, field: string) {
  return TIMES.includes(field)
    ? timeOf(searched, field) ?? 0
    : propertyOf(searched, field)[0] ?? '';
}
