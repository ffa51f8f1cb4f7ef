import type {
  DeleteDatabaseRequest,
  DeleteDatabaseResponse,
} from '@aws-sdk/client-glue';
import { entityNotFound } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { storedName } from '../../../model/api/storedName';
import { glueCatalog, requireOnDatabase } from '../glueCatalog';

/**
 * Deletes a database with its tables, or a link without what it leads to. Grants
 * stay.
 */
export const deleteDatabase: Operation<
  DeleteDatabaseRequest,
  DeleteDatabaseResponse
> = (input, context) => {
  const catalog = glueCatalog(context, input.CatalogId);
  const name = storedName(input.Name);
  requireOnDatabase(catalog, context, name, 'DROP');
  if (!catalog.databases.delete(name)) {
    throw entityNotFound(`Database ${name} not found.`);
  }
  return {};
};
