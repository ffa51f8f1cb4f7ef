import type {
  ListDataCellsFilterRequest,
  ListDataCellsFilterResponse,
} from '@aws-sdk/client-lakeformation';
import { seesResource } from '../../../model/access/access';
import { filterKey } from '../../../model/catalog/DataCellsFilterRecord';
import { catalogIdOf } from '../../../model/state/nestedCatalogs';
import { pageOf } from '../../../model/api/paging';
import { Operation, Validated } from '../../Operation';
import { pageSize } from '../../pageSize';
import { catalogOfResource } from '../catalogAccess';
import { filterResource, renderFilter } from '../dataCellsFilters';
import { readResource } from '../resources/readResource';
import { ALL_TABLES } from '../../../model/grants/Grant';

/** Where the listing looks: a table, all tables of a database, or everywhere. */
function place(Table: Validated<ListDataCellsFilterRequest>['Table']) {
  const resource = Table && readResource({ Table }).resource;
  return resource?.kind === 'table' ? resource : undefined;
}

/** Lists the filters that the caller sees. */
export const listDataCellsFilter: Operation<
  ListDataCellsFilterRequest,
  ListDataCellsFilterResponse
> = (input, context) => {
  const { caller } = context;
  const catalogId = input.Table?.CatalogId;
  const catalog = catalogOfResource(context, catalogId);
  const where = place(input.Table);
  const keyOf = (one: { database: string; table: string; name: string }) =>
    filterKey(one.database, one.table, one.name);
  const found = [...catalog.dataCellsFilters.values()]
    .filter(
      ({ database, table }) =>
        !where ||
        (where.database === database &&
          [table, ALL_TABLES].includes(where.table)),
    )
    .filter(one => seesResource(catalog, caller, filterResource(one)))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const page = pageOf(
    found,
    keyOf,
    String,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    DataCellsFilters: page.items.map(one =>
      renderFilter(catalogIdOf(catalog), one),
    ),
    NextToken: page.nextToken,
  };
};
