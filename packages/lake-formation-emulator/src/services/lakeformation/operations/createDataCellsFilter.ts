import type {
  CreateDataCellsFilterRequest,
  CreateDataCellsFilterResponse,
} from '@aws-sdk/client-lakeformation';
import { alreadyExists } from '../../../model/api/AwsError';
import { filterKey } from '../../../model/catalog/DataCellsFilterRecord';
import { Operation } from '../../Operation';
import { catalogOfResource } from '../catalogAccess';
import {
  checkFilter,
  readFilterInput,
  tableToFilter,
} from '../dataCellsFilters';

/** Makes a filter. Nobody but its creator and those who may grant on the table see it. */
export const createDataCellsFilter: Operation<
  CreateDataCellsFilterRequest,
  CreateDataCellsFilterResponse
> = ({ TableData }, context) => {
  const { caller } = context;
  const catalog = catalogOfResource(context, TableData.TableCatalogId);
  const filter = readFilterInput(TableData);
  checkFilter(tableToFilter(catalog, caller, filter), filter);
  const key = filterKey(filter.database, filter.table, filter.name);
  if (catalog.dataCellsFilters.has(key)) {
    throw alreadyExists('Data cells filter already exists.');
  }
  catalog.dataCellsFilters.set(key, {
    ...filter,
    versionId: '1',
    createdBy: caller.principal,
  });
  return {};
};
