import type { DataCellsFilter } from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import {
  sentence,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountOfCatalog } from '../../lake/PortLocation';
import { FilterContent } from '../../lake/filter';
import { lockKey, resourceKey } from '../../lake/keys';
import { FilterResource } from '../../lake/resource';
import { wireColumns } from '../../lake/wire';
import { columnsInWords, resourceInWords } from '../../lake/words';
import { LAKE_FORMATION } from '../grants/GrantCall';
import { resourceName, stepId } from '../stepId';

const filterName = ({
  catalogId,
  database,
  table,
  filter,
}: FilterResource) => ({
  TableCatalogId: catalogId,
  DatabaseName: database,
  TableName: table,
  Name: filter,
});

/** The kind of steps that create data cells filters. */
export const DATA_CELLS_FILTER = 'dataCellsFilter';

/** A filter as a step of a plan. */
export function describeFilter(
  resource: FilterResource,
  content: FilterContent,
  region: string,
  options: { done: boolean },
): PlanStep {
  const accountId = accountOfCatalog(resource.catalogId);
  const name = resourceInWords(resource);
  const call = {
    service: LAKE_FORMATION,
    operation: 'CreateDataCellsFilter',
    input: {
      TableData: {
        ...filterName(resource),
        RowFilter: { FilterExpression: content.rows },
        ...wireColumns(content.columns),
      },
    },
  };
  return {
    id: stepId(DATA_CELLS_FILTER, { accountId, region, call }),
    kind: DATA_CELLS_FILTER,
    words: sentence('plan.filter.create', {
      filter: name,
      rows: content.rows,
      columns: columnsInWords(content.columns),
    }),
    accountId,
    region,
    call,
    undo: {
      words: sentence('plan.delete', { what: name }),
      call: {
        service: LAKE_FORMATION,
        operation: 'DeleteDataCellsFilter',
        input: filterName(resource),
      },
    },
    needs: [],
    shares: [resourceName(region, resourceKey(resource))],
    locks: [resourceName(region, lockKey(resource))],
    ...(options.done && { done: true }),
  };
}

/** A step of this kind, read back. */
export interface FilterStepCall {
  accountId: string;
  region: string;
  resource: FilterResource;
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
    resource: {
      kind: 'filter',
      catalogId: filter.TableCatalogId,
      database: filter.DatabaseName,
      table: filter.TableName,
      filter: filter.Name,
    },
  };
}
