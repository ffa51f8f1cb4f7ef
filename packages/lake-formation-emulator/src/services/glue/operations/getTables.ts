import type { GetTablesRequest, GetTablesResponse } from '@aws-sdk/client-glue';
import { invalidInput } from '../../../model/api/AwsError';
import { visibleColumns } from '../../../model/access/access';
import { ColumnSelection } from '../../../model/grants/ColumnSelection';
import { TableRecord } from '../../../model/catalog/TableRecord';
import { pageOf, positionOfToken } from '../../../model/api/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { findDatabase, glueCatalog, refuseMembers } from '../glueCatalog';
import { followDatabase, requireTarget } from '../links';
import { renderListedTable } from '../renderSeenTable';
import { renderTable } from '../renderTable';

/** The expression matches whole names and knows no case, as in Glue. */
function nameFilter(expression: string | undefined): RegExp {
  try {
    return new RegExp(`^(?:${expression ?? '.*'})$`, 'i');
  } catch (error) {
    throw invalidInput(
      `Expression '${expression}' is not a valid regular expression: ${
        (error as Error).message
      }`,
    );
  }
}

export const getTables: Operation<GetTablesRequest, GetTablesResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['TransactionId', 'QueryAsOfTime']);
  const reached = followDatabase(
    context,
    glueCatalog(context, input.CatalogId),
    input.DatabaseName,
  );
  requireTarget(reached);
  const { catalog } = reached;
  const database = findDatabase(catalog, context, reached.database);
  const limit = pageSize(input.MaxResults, 100);
  const matches = nameFilter(input.Expression || undefined);
  const after = positionOfToken(input.NextToken);

  function* visibleTables(): Iterable<{
    table: TableRecord;
    columns: ColumnSelection;
  }> {
    // What lies before the page is not looked at again.
    const names = [...database.tables.keys()].filter(
      name => (after === undefined || name > after) && matches.test(name),
    );
    for (const name of names.sort()) {
      const table = database.tables.get(name);
      const columns = visibleColumns(
        catalog,
        context.caller,
        database.name,
        name,
      );
      if (table && columns) yield { table, columns };
    }
  }
  const page = pageOf(
    visibleTables(),
    ({ table }) => table.name,
    String,
    limit,
    input.NextToken,
  );
  // Links of a database behind a link are not followed.
  const render = (table: TableRecord, columns: ColumnSelection) =>
    reached.link
      ? renderTable(catalog, database.name, table, columns)
      : renderListedTable(context, catalog, database.name, { table, columns });
  const nameOnly = input.AttributesToGet?.join() === 'NAME';
  return {
    TableList: page.items.map(({ table, columns }) =>
      nameOnly
        ? { Name: table.name, DatabaseName: database.name }
        : render(table, columns),
    ),
    NextToken: page.nextToken,
  };
};
