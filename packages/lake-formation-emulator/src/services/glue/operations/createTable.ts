import type {
  CreateTableRequest,
  CreateTableResponse,
} from '@aws-sdk/client-glue';
import { alreadyExists, entityNotFound } from '../../../model/api/AwsError';
import { grantOnCreation } from '../../../model/state/creation';
import { LINK_PERMISSIONS } from '../../../model/grants/Permission';
import { Operation } from '../../Operation';
import {
  glueCatalog,
  refuseMembers,
  requireDataLocation,
  requireOnDatabase,
} from '../glueCatalog';
import { followDatabase, refuseDatabaseLink } from '../links';
import { readTableInput } from '../tableInput';

const NOT_YET = [
  'Name',
  'PartitionIndexes',
  'TransactionId',
  'OpenTableFormatInput',
];

export const createTable: Operation<CreateTableRequest, CreateTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, NOT_YET);
  const { state, caller, now } = context;
  const { name, definition, location, target } = readTableInput(
    input.TableInput,
  );
  const reached = followDatabase(
    context,
    glueCatalog(context, input.CatalogId),
    input.DatabaseName,
  );
  if (target) refuseDatabaseLink(reached);
  const { catalog, database: databaseName } = reached;
  requireOnDatabase(catalog, context, databaseName, 'CREATE_TABLE');
  requireDataLocation(catalog, context, location);
  const database = catalog.databases.get(databaseName);
  if (!database) {
    throw entityNotFound(`Database ${databaseName} not found.`);
  }
  if (database.tables.has(name)) {
    throw alreadyExists('Table already exists.');
  }
  const at = now.getTime();
  grantOnCreation(
    catalog,
    { kind: 'table', database: databaseName, table: name },
    // Who creates in another account's database holds what was shared, no more.
    caller.account === catalog.accountId ? caller.principal : undefined,
    database.createTableDefaultPermissions,
    { state, principal: caller.principal, at },
    target && LINK_PERMISSIONS,
  );
  database.tables.set(name, {
    name,
    definition,
    target,
    createdAt: at,
    updatedAt: at,
    createdBy: caller.arn,
    versionId: 0,
  });
  return {};
};
