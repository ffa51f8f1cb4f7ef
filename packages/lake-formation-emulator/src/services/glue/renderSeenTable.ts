import type { Table } from '@aws-sdk/client-glue';
import { visibleColumns } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { TableRecord } from '../../model/catalog/TableRecord';
import { ColumnSelection } from '../../model/grants/ColumnSelection';
import { catalogIdOf } from '../../model/state/nestedCatalogs';
import { OperationContext } from '../Operation';
import { renderTableTarget, targetCatalog } from './links';
import { renderTable } from './renderTable';

/** A table link with the properties of the table that it leads to. */
export function renderLinked(
  link: { catalog: Catalog; database: string; table: TableRecord },
  target: Table,
): Table {
  return {
    ...target,
    Name: link.table.name,
    DatabaseName: link.database,
    CatalogId: catalogIdOf(link.catalog),
    TargetTable: link.table.target && renderTableTarget(link.table.target),
  };
}

/**
 * A table of a listing as Glue sends it: a link with the properties of its
 * target where the caller sees that, else with its own.
 */
export function renderListedTable(
  context: OperationContext,
  catalog: Catalog,
  database: string,
  { table, columns }: { table: TableRecord; columns: ColumnSelection },
): Table {
  const own = renderTable(catalog, database, table, columns);
  if (!table.target) return own;
  const behind = targetCatalog(context, table.target);
  const { database: targetDatabase, table: name } = table.target;
  const target = behind.databases.get(targetDatabase)?.tables.get(name);
  const visible = visibleColumns(behind, context.caller, targetDatabase, name);
  return target && visible
    ? renderLinked(
        { catalog, database, table },
        renderTable(behind, targetDatabase, target, visible),
      )
    : own;
}
