import type {
  SearchTablesByLFTagsRequest,
  SearchTablesByLFTagsResponse,
  TaggedTable,
} from '@aws-sdk/client-lakeformation';
import { visibleColumns } from '../../../model/access/access';
import { Catalog } from '../../../model/state/EmulatorState';
import { DatabaseRecord } from '../../../model/catalog/DatabaseRecord';
import { TableRecord } from '../../../model/catalog/TableRecord';
import {
  columnNames,
  reachOfExpression,
  tagsOfColumn,
  tagsOfDatabase,
  tagsOfTable,
} from '../../../model/access/effectiveTags';
import { hasTags } from '../../../model/state/existence';
import { pageOf } from '../../../model/api/paging';
import { TagExpression, TagsByKey } from '../../../model/grants/tagExpression';
import { Operation, OperationContext } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { noSuchTag, renderTags } from '../lfTags';
import { readExpression } from '../resources/tagExpressions';

/** A table that an expression reaches, with those of its columns that match. */
interface FoundTable {
  readonly position: string;
  readonly database: DatabaseRecord;
  readonly table: TableRecord;
  readonly columns: readonly string[];
}

function* matching(
  catalog: Catalog,
  { caller }: OperationContext,
  expression: TagExpression,
): Iterable<FoundTable> {
  for (const name of [...catalog.databases.keys()].sort()) {
    const database = catalog.databases.get(name);
    for (const tableName of [...(database?.tables.keys() ?? [])].sort()) {
      const table = database?.tables.get(tableName);
      if (!database || !table) continue;
      const reached = reachOfExpression(expression, database, table);
      if (reached === 'none') continue;
      if (!visibleColumns(catalog, caller, name, tableName)) continue;
      yield {
        position: `${name}\u0000${tableName}`,
        database,
        table,
        columns: reached === 'all' ? columnNames(table) : reached,
      };
    }
  }
}

function render(
  catalog: Catalog,
  { caller }: OperationContext,
  { database, table, columns }: FoundTable,
): TaggedTable {
  const tags = (own: TagsByKey) => renderTags(catalog, caller, own);
  return {
    Table: {
      CatalogId: catalog.accountId,
      DatabaseName: database.name,
      Name: table.name,
    },
    LFTagOnDatabase: tags(tagsOfDatabase(database)),
    LFTagsOnTable: tags(tagsOfTable(database, table)),
    LFTagsOnColumns: columns.map(column => ({
      Name: column,
      LFTags: tags(tagsOfColumn(database, table, column)),
    })),
  };
}

/** The tables of which an expression reaches anything, of those the caller sees. */
export const searchTablesByLFTags: Operation<
  SearchTablesByLFTagsRequest,
  SearchTablesByLFTagsResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const expression = readExpression(input.Expression, 'Expression');
  if (!hasTags(catalog, expression)) {
    throw noSuchTag();
  }
  const page = pageOf(
    matching(catalog, context, expression),
    ({ position }) => position,
    String,
    pageSize(input.MaxResults, 100),
    input.NextToken,
  );
  return {
    TableList: page.items.map(found => render(catalog, context, found)),
    NextToken: page.nextToken,
  };
};
