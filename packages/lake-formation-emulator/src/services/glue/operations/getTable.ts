import type { GetTableRequest, GetTableResponse } from '@aws-sdk/client-glue';
import { insufficientPermission } from '../../../model/api/AwsError';
import { visibleColumns } from '../../../model/access/access';
import { isRegistered } from '../../../model/state/locations';
import { storedName } from '../../../model/api/storedName';
import { Operation } from '../../Operation';
import { glueCatalog, refuseMembers } from '../glueCatalog';
import { followTable, tableNotFound } from '../links';
import { renderLinked } from '../renderSeenTable';
import { renderTable } from '../renderTable';

export const getTable: Operation<GetTableRequest, GetTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['TransactionId', 'QueryAsOfTime']);
  const named = glueCatalog(context, input.CatalogId);
  const reached = followTable(context, named, {
    database: input.DatabaseName,
    table: input.Name,
  });
  const { catalog, database, table: name } = reached;
  const visible = visibleColumns(catalog, context.caller, database, name);
  if (!visible) {
    throw insufficientPermission('Describe', name);
  }
  const table = catalog.databases.get(database)?.tables.get(name);
  if (!table) {
    throw tableNotFound(catalog, database);
  }
  const rendered = {
    ...renderTable(catalog, database, table, visible),
    IsRegisteredWithLakeFormation: isRegistered(catalog, table),
  };
  const { tableLink } = reached;
  return {
    Table: tableLink
      ? renderLinked(
          {
            catalog: named,
            database: storedName(input.DatabaseName),
            table: tableLink,
          },
          rendered,
        )
      : rendered,
  };
};
