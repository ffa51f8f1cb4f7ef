import type {
  DeleteTableRequest,
  DeleteTableResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { glueCatalog, refuseMembers, requireOnTable } from '../glueCatalog';
import { followDatabase } from '../links';

/**
 * Deletes a table, or a table link but not what it leads to; in a linked
 * database those of the target. Grants stay, and apply to a new one of its name.
 */
export const deleteTable: Operation<DeleteTableRequest, DeleteTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['TransactionId']);
  const { catalog, database } = followDatabase(
    context,
    glueCatalog(context, input.CatalogId),
    input.DatabaseName,
  );
  const { name } = requireOnTable(
    catalog,
    context,
    { database, table: input.Name },
    'DROP',
  );
  catalog.databases.get(database)?.tables.delete(name);
  return {};
};
