import type { GetTableRequest, GetTableResponse } from '@aws-sdk/client-glue';
import {
  entityNotFound,
  insufficientPermission,
} from '../../../model/AwsError';
import { visibleColumns } from '../../../model/access';
import { isRegistered } from '../../../model/locations';
import { Operation } from '../../Operation';
import { storedName } from '../../../model/storedName';
import { glueCatalog, refuseMembers } from '../glueCatalog';
import { renderTable } from '../renderTable';

export const getTable: Operation<GetTableRequest, GetTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['TransactionId', 'QueryAsOfTime']);
  const catalog = glueCatalog(context, input.CatalogId);
  const databaseName = storedName(input.DatabaseName);
  const name = storedName(input.Name);
  const visible = visibleColumns(catalog, context.caller, databaseName, name);
  if (!visible) {
    throw insufficientPermission('Describe', name);
  }
  const database = catalog.databases.get(databaseName);
  if (!database) {
    throw entityNotFound(`Database ${databaseName} not found.`);
  }
  const table = database.tables.get(name);
  if (!table) {
    throw entityNotFound('Entity Not Found');
  }
  return {
    Table: {
      ...renderTable(catalog, databaseName, table, visible),
      IsRegisteredWithLakeFormation: isRegistered(catalog, table),
    },
  };
};
