import {
  Requester,
  effectiveHolding,
  filtersFor,
  hasPermission,
} from './access';
import { Catalog } from '../state/EmulatorState';
import { DataCellsFilterRecord } from '../catalog/DataCellsFilterRecord';
import {
  TableRecord,
  columnsOf,
  partitionKeysOf,
} from '../catalog/TableRecord';
import {
  ALL_COLUMNS,
  ColumnSelection,
  isAllColumns,
  selectsColumn,
  uniteColumns,
} from '../grants/ColumnSelection';
import { GrantResource } from '../grants/Grant';
import { Permission, covers } from '../grants/Permission';

/** What an engine must be able to do to enforce a principal's permissions. */
export type EnforcedType =
  | 'COLUMN_PERMISSION'
  | 'CELL_FILTER_PERMISSION'
  | 'NESTED_PERMISSION'
  | 'NESTED_CELL_PERMISSION';

/** Each contains the ones before it. */
export const ENFORCED_TYPES: readonly EnforcedType[] = [
  'COLUMN_PERMISSION',
  'CELL_FILTER_PERMISSION',
  'NESTED_PERMISSION',
  'NESTED_CELL_PERMISSION',
];

/** Whether an engine that declares the types enforces the one that is needed. */
export const enforces = (
  declared: readonly string[],
  needed: EnforcedType | undefined,
) =>
  needed === undefined ||
  ENFORCED_TYPES.slice(ENFORCED_TYPES.indexOf(needed)).some(type =>
    declared.includes(type),
  );

/** Which cells of a table a requester may read. */
export interface ReadAccess {
  /** What is held on the table as a whole. */
  readonly permissions: readonly Permission[];
  /** Whether it comes from IAM, not from Lake Formation's grants. */
  readonly isLeftToIam: boolean;
  /** Columns with SELECT; undefined where there is none. */
  readonly columns?: ColumnSelection;
  /** The rows of a column, where not all of them may be read. */
  rowFilter(column: string): string | undefined;
  /** Undefined where everything may be read. */
  readonly needs?: EnforcedType;
}

const ALL_ROWS = () => undefined;

/** Several filters give what any of them gives. */
function anyOf(filters: readonly DataCellsFilterRecord[]): string | undefined {
  const expressions = [...new Set(filters.map(({ rowFilter }) => rowFilter))];
  if (!expressions.length || expressions.includes(undefined)) return undefined;
  return expressions.length === 1
    ? expressions[0]
    : expressions.map(expression => `(${expression})`).join(' OR ');
}

/** Joins what grants, columns and data cells filters let a requester read. */
export function readAccess(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: TableRecord,
): ReadAccess {
  const resource: GrantResource = {
    kind: 'table',
    database,
    table: table.name,
  };
  const { permissions, columns: own } = effectiveHolding(
    catalog,
    requester,
    resource,
  );
  if (covers(permissions, 'SELECT')) {
    return {
      permissions,
      isLeftToIam: false,
      columns: ALL_COLUMNS,
      rowFilter: ALL_ROWS,
    };
  }
  if (hasPermission(catalog, requester, resource, 'SELECT')) {
    return {
      permissions: ['ALL'],
      isLeftToIam: true,
      columns: ALL_COLUMNS,
      rowFilter: ALL_ROWS,
    };
  }
  const filters = filtersFor(catalog, requester, database, table.name);
  const columns = filters.reduce<ColumnSelection | undefined>(
    (joined, filter) =>
      joined ? uniteColumns(joined, filter.columns) : filter.columns,
    own,
  );
  // Partition keys come with whatever gives any column.
  const isKey = (column: string) =>
    partitionKeysOf(table).some(({ Name }) => Name === column);
  const gives = (selection: ColumnSelection, column: string) =>
    selectsColumn(selection, column) || isKey(column);
  const rowFilter = (column: string) =>
    own && gives(own, column)
      ? undefined
      : anyOf(filters.filter(filter => gives(filter.columns, column)));
  const isFiltered = readableColumns(table, columns).some(
    column => rowFilter(column) !== undefined,
  );
  return {
    permissions,
    isLeftToIam: false,
    columns,
    rowFilter,
    needs: neededType(columns, isFiltered),
  };
}

function neededType(
  columns: ColumnSelection | undefined,
  isFiltered: boolean,
): EnforcedType | undefined {
  if (isFiltered) return 'CELL_FILTER_PERMISSION';
  return columns && !isAllColumns(columns) ? 'COLUMN_PERMISSION' : undefined;
}

/** The names of the columns that may be read, partition keys always with them. */
export function readableColumns(
  table: TableRecord,
  columns: ColumnSelection | undefined,
): string[] {
  if (!columns) return [];
  return [
    ...columnsOf(table).filter(({ Name }) => selectsColumn(columns, Name)),
    ...partitionKeysOf(table),
  ].map(({ Name }) => Name);
}
