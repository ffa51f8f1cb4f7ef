import type {
  UpdateTableRequest,
  UpdateTableResponse,
} from '@aws-sdk/client-glue';
import { locationOf } from '../../../model/Catalog';
import { Operation } from '../../Operation';
import {
  glueCatalog,
  refuseMembers,
  requireDataLocation,
  requireOnTable,
} from '../glueCatalog';
import { readTableInput } from '../tableInput';

const NOT_YET = [
  'Name',
  'TransactionId',
  'VersionId',
  'ViewUpdateAction',
  'UpdateOpenTableFormatInput',
];

/** Replaces the definition: what is not named is gone. */
export const updateTable: Operation<UpdateTableRequest, UpdateTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, NOT_YET);
  const catalog = glueCatalog(context, input.CatalogId);
  const { name, definition, location } = readTableInput(input.TableInput);
  const table = requireOnTable(
    catalog,
    context,
    { database: input.DatabaseName, table: name },
    'ALTER',
  );
  if (location !== locationOf(table)) {
    requireDataLocation(catalog, context, location);
  }
  table.definition = definition;
  table.updatedAt = context.now.getTime();
  table.versionId += 1;
  return {};
};
