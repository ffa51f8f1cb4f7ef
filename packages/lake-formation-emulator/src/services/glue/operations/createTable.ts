import type {
  CreateTableRequest,
  CreateTableResponse,
} from '@aws-sdk/client-glue';
import { alreadyExists, entityNotFound } from '../../../model/AwsError';
import { grantOnCreation } from '../../../model/creation';
import { Operation } from '../../Operation';
import { storedName } from '../../../model/storedName';
import {
  glueCatalog,
  refuseMembers,
  requireDataLocation,
  requireOnDatabase,
} from '../glueCatalog';
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
  const catalog = glueCatalog(context, input.CatalogId);
  const databaseName = storedName(input.DatabaseName);
  const { name, definition, location } = readTableInput(input.TableInput);
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
    caller.principal,
    database.createTableDefaultPermissions,
    { state, principal: caller.principal, at },
  );
  database.tables.set(name, {
    name,
    definition,
    createdAt: at,
    updatedAt: at,
    createdBy: caller.arn,
    versionId: 0,
  });
  return {};
};
