import type {
  DeleteTableRequest,
  DeleteTableResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { storedName } from '../../../model/storedName';
import { glueCatalog, refuseMembers, requireOnTable } from '../glueCatalog';

/** Deletes a table. Grants on it stay, and apply to a new one of its name. */
export const deleteTable: Operation<DeleteTableRequest, DeleteTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['TransactionId']);
  const catalog = glueCatalog(context, input.CatalogId);
  const { name } = requireOnTable(
    catalog,
    context,
    { database: input.DatabaseName, table: input.Name },
    'DROP',
  );
  catalog.databases.get(storedName(input.DatabaseName))?.tables.delete(name);
  return {};
};
