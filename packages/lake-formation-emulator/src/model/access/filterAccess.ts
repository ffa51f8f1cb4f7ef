import { isAdministrator } from './administrators';
import { Catalog } from '../state/EmulatorState';
import {
  DataCellsFilterRecord,
  filterKey,
} from '../catalog/DataCellsFilterRecord';
import { ALL_COLUMNS, coversColumns } from '../grants/ColumnSelection';
import { GrantResource, ResourceOfKind } from '../grants/Grant';
import { EffectiveHolding, holdingFrom } from './holdings';
import { sortedUnion } from '../grants/Permission';
import { sharedHolding } from './sharedAccess';
import { Requester, ownSource } from './sources';

const tableHolding = (
  catalog: Catalog,
  requester: Requester,
  table: GrantResource,
) =>
  requester.account === catalog.accountId
    ? holdingFrom(catalog, ownSource(catalog, requester), table)
    : sharedHolding(catalog, requester, table);

/**
 * Whether the requester may give what a data cells filter gives: SELECT with
 * the grant option on its columns, and on all of them where it chooses rows.
 */
export function mayFilter(
  catalog: Catalog,
  requester: Requester,
  filter: Pick<
    DataCellsFilterRecord,
    'database' | 'table' | 'columns' | 'rowFilter'
  >,
): boolean {
  if (isAdministrator(catalog, requester.principal)) return true;
  const { database, table, columns, rowFilter } = filter;
  const { grantableColumns } = tableHolding(catalog, requester, {
    kind: 'table',
    database,
    table,
  });
  const needed = rowFilter === undefined ? columns : ALL_COLUMNS;
  return (
    grantableColumns !== undefined && coversColumns(grantableColumns, needed)
  );
}

/**
 * What is held on a filter, with what whoever may filter the table so has on
 * it: they see it and grant with it.
 */
export function withFilterRights(
  catalog: Catalog,
  requester: Requester,
  resource: ResourceOfKind<'dataCellsFilter'>,
  held: EffectiveHolding,
): EffectiveHolding {
  const { database, table, filter: name } = resource;
  const filter = catalog.dataCellsFilters.get(filterKey(database, table, name));
  if (!filter || !mayFilter(catalog, requester, filter)) return held;
  return {
    ...held,
    permissions: sortedUnion(held.permissions, ['DESCRIBE']),
    grantable: sortedUnion(held.grantable, ['SELECT']),
  };
}
