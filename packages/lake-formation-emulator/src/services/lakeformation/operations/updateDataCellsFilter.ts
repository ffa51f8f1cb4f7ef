import type {
  UpdateDataCellsFilterRequest,
  UpdateDataCellsFilterResponse,
} from '@aws-sdk/client-lakeformation';
import { AwsError, entityNotFound } from '../../../model/api/AwsError';
import { filterKey } from '../../../model/catalog/DataCellsFilterRecord';
import { Operation } from '../../Operation';
import { catalogOfResource } from '../catalogAccess';
import {
  checkFilter,
  readFilterInput,
  tableToFilter,
} from '../dataCellsFilters';

/** Replaces rows and columns. A version that is no longer the last is refused. */
export const updateDataCellsFilter: Operation<
  UpdateDataCellsFilterRequest,
  UpdateDataCellsFilterResponse
> = ({ TableData }, context) => {
  const { caller } = context;
  const catalog = catalogOfResource(context, TableData.TableCatalogId);
  const filter = readFilterInput(TableData);
  const table = tableToFilter(catalog, caller, filter);
  const key = filterKey(filter.database, filter.table, filter.name);
  const before = catalog.dataCellsFilters.get(key);
  if (!before) {
    throw entityNotFound('Data cells filter not found.');
  }
  const { VersionId } = TableData;
  if (VersionId !== undefined && VersionId !== before.versionId) {
    throw new AwsError(
      'ConcurrentModificationException',
      `The data cells filter was changed: version ${before.versionId} is the last, found ${VersionId}.`,
    );
  }
  checkFilter(table, filter);
  catalog.dataCellsFilters.set(key, {
    ...filter,
    versionId: String(Number(before.versionId) + 1),
    createdBy: before.createdBy,
  });
  return {};
};
