import type { DataCellsFilter } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, isAllColumns } from '../model/ColumnSet';
import { FilterPlace, lockKey, placeInWords, placeKey } from '../model/Place';
import { accountOfCatalog } from '../model/PortLocation';
import { columnsInWords } from '../planning/accessWords';
import { FilterContent } from '../planning/filterNames';
import { LAKE_FORMATION } from './GrantCall';
import { resourceName, stepId } from './stepId';

const filterName = ({ catalogId, database, table, filter }: FilterPlace) => ({
  TableCatalogId: catalogId,
  DatabaseName: database,
  TableName: table,
  Name: filter,
});

const wireColumns = (columns: ColumnSet) =>
  'only' in columns
    ? { ColumnNames: columns.only }
    : {
        ColumnWildcard: isAllColumns(columns)
          ? {}
          : { ExcludedColumnNames: columns.except },
      };

/** The kind of steps that create data cells filters. */
export const DATA_CELLS_FILTER = 'dataCellsFilter';

/** A filter as a step of a plan. */
export function describeFilter(
  place: FilterPlace,
  content: FilterContent,
  region: string,
  options: { done: boolean },
): PlanStep {
  const accountId = accountOfCatalog(place.catalogId);
  const name = placeInWords(place);
  const call = {
    service: LAKE_FORMATION,
    operation: 'CreateDataCellsFilter',
    input: {
      TableData: {
        ...filterName(place),
        RowFilter: { FilterExpression: content.rows },
        ...wireColumns(content.columns),
      },
    },
  };
  return {
    id: stepId(DATA_CELLS_FILTER, { accountId, region, call }),
    kind: DATA_CELLS_FILTER,
    words: `Create ${name}: rows where \`${content.rows}\`, ${columnsInWords(
      content.columns,
    )}`,
    accountId,
    region,
    call,
    undo: {
      words: `Delete ${name}`,
      call: {
        service: LAKE_FORMATION,
        operation: 'DeleteDataCellsFilter',
        input: filterName(place),
      },
    },
    needs: [],
    shares: [resourceName(region, placeKey(place))],
    locks: [resourceName(region, lockKey(place))],
    ...(options.done && { done: true }),
  };
}

/** The columns of a filter as it is listed. */
export function columnsOfFilter({
  ColumnNames,
  ColumnWildcard,
}: DataCellsFilter): ColumnSet {
  return ColumnNames?.length
    ? { only: [...ColumnNames].sort() }
    : { except: [...(ColumnWildcard?.ExcludedColumnNames ?? [])].sort() };
}

/** A step of this kind, read back. */
export interface FilterStepCall {
  accountId: string;
  region: string;
  place: FilterPlace;
  filter: DataCellsFilter;
}

/** @throws InputError where the step is not one of this kind */
export function readFilterCall(step: PlanStep): FilterStepCall {
  const { accountId, region, call } = step;
  const { TableData: filter } = call.input as { TableData?: DataCellsFilter };
  if (
    !accountId ||
    !region ||
    !filter?.TableCatalogId ||
    !filter.DatabaseName ||
    !filter.TableName ||
    !filter.Name
  ) {
    throw new InputError(
      `Step '${step.id}' of kind '${step.kind}' cannot be read; expected accountId, region and the TableData of a filter`,
    );
  }
  return {
    accountId,
    region,
    filter,
    place: {
      kind: 'filter',
      catalogId: filter.TableCatalogId,
      database: filter.DatabaseName,
      table: filter.TableName,
      filter: filter.Name,
    },
  };
}
