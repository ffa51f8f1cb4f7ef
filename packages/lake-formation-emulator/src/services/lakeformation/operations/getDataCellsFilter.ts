import type {
  GetDataCellsFilterRequest,
  GetDataCellsFilterResponse,
} from '@aws-sdk/client-lakeformation';
import {
  entityNotFound,
  notThereOrNotAllowed,
} from '../../../model/api/AwsError';
import { seesEverything, seesResource } from '../../../model/access/access';
import { filterKey } from '../../../model/catalog/DataCellsFilterRecord';
import { catalogIdOf } from '../../../model/state/nestedCatalogs';
import { storedName } from '../../../model/api/storedName';
import { Operation } from '../../Operation';
import { catalogOfResource } from '../catalogAccess';
import { filterResource, renderFilter } from '../dataCellsFilters';

export const getDataCellsFilter: Operation<
  GetDataCellsFilterRequest,
  GetDataCellsFilterResponse
> = (input, context) => {
  const { caller } = context;
  const catalog = catalogOfResource(context, input.TableCatalogId);
  const names = {
    database: storedName(input.DatabaseName),
    table: storedName(input.TableName),
    name: input.Name,
  };
  const filter = catalog.dataCellsFilters.get(
    filterKey(names.database, names.table, names.name),
  );
  if (!filter && seesEverything(catalog, caller.principal)) {
    throw entityNotFound('Data cells filter not found.');
  }
  if (!filter || !seesResource(catalog, caller, filterResource(names))) {
    throw notThereOrNotAllowed();
  }
  return {
    DataCellsFilter: renderFilter(catalogIdOf(catalog), filter),
  };
};
