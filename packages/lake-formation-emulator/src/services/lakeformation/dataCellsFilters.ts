import type { DataCellsFilter } from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  invalidInput,
  notEmulated,
  notThereOrNotAllowed,
} from '../../model/api/AwsError';
import { Requester, seesEverything } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { DataCellsFilterRecord } from '../../model/catalog/DataCellsFilterRecord';
import {
  TableRecord,
  partitionKeysOf,
  unknownColumns,
} from '../../model/catalog/TableRecord';
import { ColumnSelection } from '../../model/grants/ColumnSelection';
import { mayFilter } from '../../model/access/filterAccess';
import { ResourceOfKind } from '../../model/grants/Grant';
import { checkRowFilter } from '../../model/catalog/rowFilter';
import { storedName } from '../../model/api/storedName';
import { Validated } from '../Operation';
import { refuseInsideLink } from './resources/resourceLinks';

const FILTER_NAME = /^[\u0020-\uD7FF\uE000-\uFFFD\t]{1,255}$/;

/** What a request says of a filter. */
export type FilterProperties = Pick<
  DataCellsFilterRecord,
  'database' | 'table' | 'name' | 'columns' | 'rowFilter'
>;

function readColumns({
  ColumnNames,
  ColumnWildcard,
}: Validated<DataCellsFilter>): ColumnSelection {
  if (ColumnNames?.length && ColumnWildcard) {
    throw invalidInput(
      'Data cells filter cannot have both column wildcard expression and column names.',
    );
  }
  if (ColumnNames?.length) {
    return { include: [...new Set(ColumnNames)] };
  }
  if (!ColumnWildcard) {
    throw invalidInput(
      'Data cells filter must have either column names or a column wildcard.',
    );
  }
  return { exclude: [...new Set(ColumnWildcard.ExcludedColumnNames ?? [])] };
}

function readRows({
  RowFilter,
}: Validated<DataCellsFilter>): string | undefined {
  const { FilterExpression, AllRowsWildcard } = RowFilter ?? {};
  if (FilterExpression && AllRowsWildcard) {
    throw invalidInput(
      'Row filter cannot have both a filter expression and the all rows wildcard.',
    );
  }
  if (!FilterExpression && !AllRowsWildcard) {
    throw invalidInput(
      'Row filter must have either a filter expression or the all rows wildcard.',
    );
  }
  return FilterExpression;
}

/** Reads a filter as a request has it, without looking at its table. */
export function readFilterInput(
  input: Validated<DataCellsFilter>,
): FilterProperties {
  if (!FILTER_NAME.test(input.Name)) {
    throw invalidInput(
      `The name of a data cells filter has 1 to 255 characters, found '${input.Name}'.`,
    );
  }
  const rowFilter = readRows(input);
  return {
    database: storedName(input.DatabaseName),
    table: storedName(input.TableName),
    name: input.Name,
    columns: readColumns(input),
    ...(rowFilter !== undefined && { rowFilter }),
  };
}

/** Checks a filter against the columns of its table. */
export function checkFilter(table: TableRecord, filter: FilterProperties) {
  const named =
    'include' in filter.columns
      ? filter.columns.include
      : filter.columns.exclude;
  const nested = named.find(name => name.includes('"."'));
  if (nested) {
    throw notEmulated(`nested columns in data cells filters (found ${nested})`);
  }
  const unknown = unknownColumns(table, filter.columns);
  if (unknown.length) {
    throw entityNotFound(`Column not found: ${unknown.join(', ')}.`);
  }
  if (
    'exclude' in filter.columns &&
    partitionKeysOf(table).some(({ Name }) => named.includes(Name))
  ) {
    throw invalidInput('Partition keys cannot be excluded.');
  }
  if (filter.rowFilter !== undefined) {
    checkRowFilter(table, filter.rowFilter);
  }
}

/** The resource by which grants on a filter are known. */
export const filterResource = ({
  database,
  table,
  name,
}: Pick<
  DataCellsFilterRecord,
  'database' | 'table' | 'name'
>): ResourceOfKind<'dataCellsFilter'> => ({
  kind: 'dataCellsFilter',
  database,
  table,
  filter: name,
});

/**
 * The table of a filter, for someone who may give what the filter gives. Others
 * are refused alike for what is hidden and for what is missing.
 */
export function tableToFilter(
  catalog: Catalog,
  requester: Requester,
  filter: FilterProperties,
): TableRecord {
  if (!mayFilter(catalog, requester, filter)) {
    throw notThereOrNotAllowed();
  }
  refuseInsideLink(catalog, filterResource(filter));
  const table = catalog.databases
    .get(filter.database)
    ?.tables.get(filter.table);
  if (!table) {
    throw seesEverything(catalog, requester.principal)
      ? entityNotFound('Table not found.')
      : notThereOrNotAllowed();
  }
  if (table.target) {
    throw invalidInput('Data cells filters cannot be on resource links.');
  }
  if (table.definition.TableType === 'VIRTUAL_VIEW') {
    throw invalidInput('Data cells filters cannot be on views.');
  }
  return table;
}

const renderWildcard = (excluded: readonly string[]) =>
  excluded.length ? { ExcludedColumnNames: [...excluded] } : {};

/** A filter as Lake Formation sends it. */
export const renderFilter = (
  catalogId: string,
  filter: DataCellsFilterRecord,
): DataCellsFilter => ({
  TableCatalogId: catalogId,
  DatabaseName: filter.database,
  TableName: filter.table,
  Name: filter.name,
  RowFilter:
    filter.rowFilter === undefined
      ? { AllRowsWildcard: {} }
      : { FilterExpression: filter.rowFilter },
  ...('include' in filter.columns
    ? { ColumnNames: [...filter.columns.include] }
    : { ColumnWildcard: renderWildcard(filter.columns.exclude) }),
  VersionId: filter.versionId,
});
