import type {
  DeleteLFTagRequest,
  DeleteLFTagResponse,
} from '@aws-sdk/client-lakeformation';
import { notThereOrNotAllowed } from '../../../model/api/AwsError';
import { Catalog } from '../../../model/state/EmulatorState';
import { ALL_VALUES, TagsByKey } from '../../../model/grants/tagExpression';
import { Operation } from '../../Operation';
import { requestedCatalog } from '../catalogAccess';
import { mayWithTag, noSuchTag, readTagKey } from '../lfTags';
import { assignTags } from '../taggedResource';

function without(tags: TagsByKey | undefined, key: string): TagsByKey {
  const { [key]: _, ...others } = tags ?? {};
  return others;
}

/** Takes the tag from every database, table and column. */
function unassign(catalog: Catalog, key: string) {
  for (const database of catalog.databases.values()) {
    assignTags({ kind: 'database', database }, without(database.lfTags, key));
    for (const table of database.tables.values()) {
      assignTags(
        { kind: 'table', database, table },
        without(table.lfTags, key),
      );
      for (const [column, tags] of Object.entries(table.columnLfTags ?? {})) {
        assignTags(
          { kind: 'column', database, table, column },
          without(tags, key),
        );
      }
    }
  }
}

/**
 * Deletes an LF-Tag everywhere: from resources, and what is granted on it. Tag
 * policies that name it stay and match nothing.
 */
export const deleteLFTag: Operation<DeleteLFTagRequest, DeleteLFTagResponse> = (
  input,
  context,
) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const key = readTagKey(input.TagKey);
  const asked = { key, values: [ALL_VALUES] };
  if (!mayWithTag(catalog, context.caller, asked, 'DROP')) {
    throw notThereOrNotAllowed();
  }
  if (!catalog.lfTags.delete(key)) {
    throw noSuchTag();
  }
  unassign(catalog, key);
  for (const grant of [...catalog.grants.onTagKey(key)]) {
    catalog.grants.delete(grant.principal, grant.resource, grant.condition);
  }
  return {};
};
