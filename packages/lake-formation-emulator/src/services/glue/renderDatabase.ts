import type { Database } from '@aws-sdk/client-glue';
import { Catalog, DatabaseRecord } from '../../model/Catalog';
import { renderDefaults } from '../lakeformation/dataLakeSettings';

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
  CatalogId: catalog.accountId,
});
