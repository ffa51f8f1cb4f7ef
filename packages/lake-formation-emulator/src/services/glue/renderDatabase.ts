import type { Database } from '@aws-sdk/client-glue';
import { Catalog } from '../../model/state/EmulatorState';
import { DatabaseRecord } from '../../model/catalog/DatabaseRecord';
import { catalogIdOf } from '../../model/state/nestedCatalogs';
import { renderDefaults } from '../lakeformation/dataLakeSettings';
import { OperationContext } from '../Operation';
import { renderDatabaseTarget, visibleTarget } from './links';

/** A database as Glue sends it. */
export const renderDatabase = (
  catalog: Catalog,
  database: DatabaseRecord,
): Database => ({
  Name: database.name,
  Description: database.description,
  LocationUri: database.locationUri,
  Parameters: database.parameters,
  CreateTime: new Date(database.createdAt),
  CreateTableDefaultPermissions: renderDefaults(
    database.createTableDefaultPermissions,
  ) as Database['CreateTableDefaultPermissions'],
  TargetDatabase: database.target && renderDatabaseTarget(database.target),
  CatalogId: catalogIdOf(catalog),
});

/**
 * A database as Glue sends it to the caller: through a link the properties of
 * the target where the caller sees it, else those of the link.
 */
export function renderSeenDatabase(
  context: OperationContext,
  catalog: Catalog,
  database: DatabaseRecord,
): Database {
  const rendered = renderDatabase(catalog, database);
  const reached = database.target && visibleTarget(context, database.target);
  if (!reached) return rendered;
  const { Name, CatalogId, TargetDatabase } = rendered;
  return {
    ...renderDatabase(reached.catalog, reached.database),
    Name,
    CatalogId,
    TargetDatabase,
  };
}
