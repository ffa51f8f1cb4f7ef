import type {
  GetDatabaseRequest,
  GetDatabaseResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { findDatabase, glueCatalog } from '../glueCatalog';
import { renderDatabase } from '../renderDatabase';

export const getDatabase: Operation<GetDatabaseRequest, GetDatabaseResponse> = (
  input,
  context,
) => {
  const catalog = glueCatalog(context, input.CatalogId);
  return {
    Database: renderDatabase(
      catalog,
      findDatabase(catalog, context, input.Name),
    ),
  };
};
