import type {
  GetDatabaseRequest,
  GetDatabaseResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { findDatabase, glueCatalog } from '../glueCatalog';
import { renderSeenDatabase } from '../renderDatabase';

export const getDatabase: Operation<GetDatabaseRequest, GetDatabaseResponse> = (
  input,
  context,
) => {
  const catalog = glueCatalog(context, input.CatalogId);
  const database = findDatabase(catalog, context, input.Name);
  return { Database: renderSeenDatabase(context, catalog, database) };
};
