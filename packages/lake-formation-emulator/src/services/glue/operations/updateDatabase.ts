import type {
  UpdateDatabaseRequest,
  UpdateDatabaseResponse,
} from '@aws-sdk/client-glue';
import { entityNotFound, notEmulated } from '../../../model/AwsError';
import { Operation } from '../../Operation';
import { readDatabaseInput } from '../databaseInput';
import { storedName } from '../../../model/storedName';
import {
  glueCatalog,
  requireDataLocation,
  requireOnDatabase,
} from '../glueCatalog';

/** Replaces the properties: what is not named is gone. */
export const updateDatabase: Operation<
  UpdateDatabaseRequest,
  UpdateDatabaseResponse
> = (input, context) => {
  const catalog = glueCatalog(context, input.CatalogId);
  const name = storedName(input.Name);
  const properties = readDatabaseInput(input.DatabaseInput);
  requireOnDatabase(catalog, context, name, 'ALTER');
  const database = catalog.databases.get(name);
  if (!database) {
    throw entityNotFound(`Database ${name} not found.`);
  }
  if (properties.name !== name) {
    throw notEmulated('renaming of databases');
  }
  if (properties.locationUri !== database.locationUri) {
    requireDataLocation(catalog, context, properties.locationUri);
  }
  catalog.databases.set(name, {
    ...database,
    ...properties,
    createTableDefaultPermissions:
      properties.createTableDefaultPermissions ??
      database.createTableDefaultPermissions,
  });
  return {};
};
