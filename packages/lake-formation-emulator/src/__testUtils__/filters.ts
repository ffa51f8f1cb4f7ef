import {
  CreateDataCellsFilterCommand,
  DataCellsFilter,
  LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import { ACCOUNT } from './seeds';

/** A filter of `sales.orders` that lets all of it through. */
export const aFilter = (
  fields: Partial<DataCellsFilter> = {},
): DataCellsFilter => ({
  TableCatalogId: ACCOUNT,
  DatabaseName: 'sales',
  TableName: 'orders',
  Name: 'large',
  RowFilter: { AllRowsWildcard: {} },
  ColumnWildcard: {},
  ...fields,
});

export const createFilter = (
  client: LakeFormationClient,
  fields: Partial<DataCellsFilter> = {},
) =>
  client.send(new CreateDataCellsFilterCommand({ TableData: aFilter(fields) }));
