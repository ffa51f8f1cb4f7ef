import type {
  DeleteCatalogRequest,
  DeleteCatalogResponse,
} from '@aws-sdk/client-glue';
import { invalidInput } from '../../../model/api/AwsError';
import { isBelow } from '../../../model/state/nestedCatalogs';
import { Operation } from '../../Operation';
import { requireOnCatalog, visibleCatalog } from '../catalogs';
import { glueCatalog } from '../glueCatalog';

/** Deletes a nested catalog with all that is in it. Grants stay. */
export const deleteCatalog: Operation<
  DeleteCatalogRequest,
  DeleteCatalogResponse
> = (input, context) => {
  const catalog = visibleCatalog(context, input.CatalogId);
  if (!catalog.inside) {
    throw invalidInput('The catalog of an account cannot be deleted.');
  }
  requireOnCatalog(catalog, context, 'DROP', 'Drop');
  const { path } = catalog.inside;
  const root = glueCatalog(context, catalog.accountId);
  for (const nested of root.nested.values()) {
    const { inside } = nested;
    if (inside && (inside.path === path || isBelow(inside.path, path))) {
      inside.isDeleted = true;
      nested.databases.clear();
      nested.dataCellsFilters.clear();
    }
  }
  return {};
};
