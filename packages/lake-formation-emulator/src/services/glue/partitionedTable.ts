import {
  entityNotFound,
  insufficientPermission,
} from '../../model/api/AwsError';
import { hasPermission, visibleColumns } from '../../model/access/access';
import { Catalog } from '../../model/state/EmulatorState';
import { TableRecord } from '../../model/catalog/TableRecord';
import { ColumnSelection } from '../../model/grants/ColumnSelection';
import { Permission } from '../../model/grants/Permission';
import { OperationContext } from '../Operation';
import { glueCatalog, requireOnTable } from './glueCatalog';
import { followTable, followTableToChange } from './links';

/** How requests about partitions name the table. */
export interface TableNames {
  CatalogId?: string;
  DatabaseName: string;
  TableName: string;
}

/** A table whose partitions the caller may see or change. */
export interface PartitionedTable {
  catalog: Catalog;
  database: string;
  table: TableRecord;
}

/**
 * A table the caller may see, with the columns that they see of it. Behind two
 * links there are no partitions.
 */
export function readableTable(
  context: OperationContext,
  names: TableNames,
): PartitionedTable & { visible: ColumnSelection } {
  const reached = followTable(context, glueCatalog(context, names.CatalogId), {
    database: names.DatabaseName,
    table: names.TableName,
  });
  const { catalog, database, table: name } = reached;
  const visible = visibleColumns(catalog, context.caller, database, name);
  if (!visible) {
    throw insufficientPermission('Describe', name);
  }
  const table = catalog.databases.get(database)?.tables.get(name);
  if (!table) {
    throw entityNotFound(
      catalog.databases.has(database)
        ? `Table ${name} not found.`
        : `Database ${database} not found.`,
    );
  }
  return { catalog, database, table, visible };
}

/**
 * A table whose partitions the caller may change: with ALTER, or with the
 * permission on the data that the change goes along with.
 */
export function changeableTable(
  context: OperationContext,
  names: TableNames,
  onData: Permission,
): PartitionedTable {
  const reached = followTableToChange(
    context,
    glueCatalog(context, names.CatalogId),
    { database: names.DatabaseName, table: names.TableName },
  );
  const { catalog, database, table } = reached;
  const { caller } = context;
  const mayByData = hasPermission(
    catalog,
    caller,
    { kind: 'table', database, table },
    onData,
  );
  return {
    catalog,
    database,
    table: requireOnTable(
      catalog,
      context,
      { database, table },
      mayByData ? onData : 'ALTER',
    ),
  };
}
