import type {
  UpdateDatabaseRequest,
  UpdateDatabaseResponse,
} from '@aws-sdk/client-glue';
import { entityNotFound, notEmulated } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import { readDatabaseInput } from '../databaseInput';
import { storedName } from '../../../model/api/storedName';
import { followDatabase } from '../links';
import {
  glueCatalog,
  refuseMembers,
  requireDataLocation,
  requireOnDatabase,
} from '../glueCatalog';

/**
 * Replaces the properties: what is not named is gone. Through a link they are
 * those of the target; to lead elsewhere a link has to be made anew.
 */
export const updateDatabase: Operation<
  UpdateDatabaseRequest,
  UpdateDatabaseResponse
> = (input, context) => {
  const { catalog, database: name } = followDatabase(
    context,
    glueCatalog(context, input.CatalogId),
    input.Name,
  );
  refuseMembers(input.DatabaseInput, ['TargetDatabase']);
  const properties = readDatabaseInput(input.DatabaseInput);
  requireOnDatabase(catalog, context, name, 'ALTER');
  const database = catalog.databases.get(name);
  if (!database) {
    throw entityNotFound(`Database ${name} not found.`);
  }
  const isSameName =
    properties.name === name || properties.name === storedName(input.Name);
  if (!isSameName) {
    throw notEmulated('renaming of databases');
  }
  if (properties.locationUri !== database.locationUri) {
    requireDataLocation(catalog, context, properties.locationUri);
  }
  catalog.databases.set(name, {
    ...database,
    ...properties,
    name,
    target: database.target,
    createTableDefaultPermissions:
      properties.createTableDefaultPermissions ??
      database.createTableDefaultPermissions,
  });
  return {};
};
