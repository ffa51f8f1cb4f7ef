import type {
  DeleteDataCellsFilterRequest,
  DeleteDataCellsFilterResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  invalidInput,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { hasPermission, isAdministrator } from '../../../model/access/access';
import { filterKey } from '../../../model/catalog/DataCellsFilterRecord';
import { storedName } from '../../../model/api/storedName';
import { Operation } from '../../Operation';
import { catalogOfResource } from '../catalogAccess';
import { filterResource } from '../dataCellsFilters';

/**
 * Deletes a filter, for an administrator, its creator or a holder of DROP. Grants
 * on it stay, as they stay on tables, and give nothing until it is there again.
 */
export const deleteDataCellsFilter: Operation<
  DeleteDataCellsFilterRequest,
  DeleteDataCellsFilterResponse
> = (input, context) => {
  const { DatabaseName, TableName, Name } = input;
  if (!DatabaseName || !TableName || !Name) {
    throw invalidInput(
      'DatabaseName, TableName and Name of the data cells filter must be given.',
    );
  }
  const { caller } = context;
  const catalog = catalogOfResource(context, input.TableCatalogId);
  const names = {
    database: storedName(DatabaseName),
    table: storedName(TableName),
    name: Name,
  };
  const isAdmin = isAdministrator(catalog, caller.principal);
  if (
    !isAdmin &&
    !hasPermission(catalog, caller, filterResource(names), 'DROP')
  ) {
    throw notThereOrNotAllowed();
  }
  const key = filterKey(names.database, names.table, names.name);
  if (!catalog.dataCellsFilters.delete(key)) {
    throw isAdmin
      ? entityNotFound('Data cells filter not found.')
      : notThereOrNotAllowed();
  }
  return {};
};
