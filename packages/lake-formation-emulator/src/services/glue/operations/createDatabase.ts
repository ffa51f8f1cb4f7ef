import type {
  CreateDatabaseRequest,
  CreateDatabaseResponse,
} from '@aws-sdk/client-glue';
import {
  alreadyExists,
  insufficientPermission,
} from '../../../model/api/AwsError';
import { mayCreateDatabase } from '../../../model/access/access';
import { grantOnCreation } from '../../../model/state/creation';
import { LINK_PERMISSIONS } from '../../../model/grants/Permission';
import { Operation } from '../../Operation';
import { readDatabaseInput } from '../databaseInput';
import { glueCatalog, requireDataLocation } from '../glueCatalog';
import { checkedTags } from '../taggedDatabase';

export const createDatabase: Operation<
  CreateDatabaseRequest,
  CreateDatabaseResponse
> = (input, context) => {
  const { state, caller, now } = context;
  const catalog = glueCatalog(context, input.CatalogId);
  const defaults = catalog.inside ?? catalog.settings;
  const database = readDatabaseInput(input.DatabaseInput);
  if (!mayCreateDatabase(catalog, caller)) {
    throw insufficientPermission('Create Database', 'Catalog');
  }
  requireDataLocation(catalog, context, database.locationUri);
  if (catalog.databases.has(database.name)) {
    throw alreadyExists('Database already exists.');
  }
  grantOnCreation(
    catalog,
    { kind: 'database', database: database.name },
    caller.account === catalog.accountId ? caller.principal : undefined,
    defaults.createDatabaseDefaultPermissions,
    { state, principal: caller.principal, at: now.getTime() },
    database.target && LINK_PERMISSIONS,
  );
  catalog.databases.set(database.name, {
    ...database,
    createTableDefaultPermissions:
      database.createTableDefaultPermissions ??
      structuredClone(defaults.createTableDefaultPermissions),
    createdAt: now.getTime(),
    tables: new Map(),
    tags: input.Tags && checkedTags(input.Tags),
  });
  return {};
};
