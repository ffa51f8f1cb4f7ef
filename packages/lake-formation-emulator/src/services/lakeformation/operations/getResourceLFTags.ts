import type {
  GetResourceLFTagsRequest,
  GetResourceLFTagsResponse,
} from '@aws-sdk/client-lakeformation';
import { columnNames } from '../../../model/access/effectiveTags';
import { Operation } from '../../Operation';
import { renderTags } from '../lfTags';
import {
  TagTarget,
  effectiveTags,
  findTaggedResource,
  ownTags,
} from '../taggedResource';

/**
 * The LF-Tags of a resource: with what it inherits, or only those assigned to
 * the resource itself and its columns.
 */
export const getResourceLFTags: Operation<
  GetResourceLFTagsRequest,
  GetResourceLFTagsResponse
> = (input, context) => {
  const found = findTaggedResource(input.Resource, input.CatalogId, context);
  const { catalog, database, table, columns } = found;
  const onlyAssigned = input.ShowAssignedLFTags ?? false;
  const render = (target: TagTarget) =>
    renderTags(
      catalog,
      context.caller,
      onlyAssigned ? ownTags(target) : effectiveTags(target),
    );
  const onDatabase = render({ kind: 'database', database });
  if (!table) return { LFTagOnDatabase: onDatabase };
  const named = columns.length ? columns : columnNames(table);
  return {
    ...(!onlyAssigned && { LFTagOnDatabase: onDatabase }),
    ...(!(onlyAssigned && columns.length) && {
      LFTagsOnTable: render({ kind: 'table', database, table }),
    }),
    LFTagsOnColumns: named
      .map(column => ({
        Name: column,
        LFTags: render({ kind: 'column', database, table, column }),
      }))
      .filter(({ LFTags }) => LFTags.length > 0),
  };
};
