import type {
  UpdateTableRequest,
  UpdateTableResponse,
} from '@aws-sdk/client-glue';
import { locationOf } from '../../../model/catalog/TableRecord';
import { forgetTagsOfGoneColumns } from '../../../model/access/effectiveTags';
import { Operation } from '../../Operation';
import {
  glueCatalog,
  refuseMembers,
  requireDataLocation,
  requireOnTable,
} from '../glueCatalog';
import { followTableToChange } from '../links';
import { readTableInput } from '../tableInput';
import { archive } from '../tableVersions';

const NOT_YET = [
  'Name',
  'TransactionId',
  'VersionId',
  'ViewUpdateAction',
  'UpdateOpenTableFormatInput',
];

/**
 * Replaces the definition: what is not named is gone. Through a link it is the
 * definition of the target.
 */
export const updateTable: Operation<UpdateTableRequest, UpdateTableResponse> = (
  input,
  context,
) => {
  refuseMembers(input, NOT_YET);
  if (input.TableInput) refuseMembers(input.TableInput, ['TargetTable']);
  const { name, definition, location } = readTableInput(input.TableInput);
  const named = glueCatalog(context, input.CatalogId);
  const reached = followTableToChange(context, named, {
    database: input.DatabaseName,
    table: name,
  });
  const { catalog } = reached;
  const table = requireOnTable(catalog, context, reached, 'ALTER');
  if (location !== locationOf(table)) {
    requireDataLocation(catalog, context, location);
  }
  if (!input.SkipArchive) archive(table);
  table.definition = definition;
  forgetTagsOfGoneColumns(table);
  table.updatedAt = context.now.getTime();
  table.versionId += 1;
  return {};
};
