import type {
  ListLFTagsRequest,
  ListLFTagsResponse,
} from '@aws-sdk/client-lakeformation';
import { pageOf } from '../../../model/api/paging';
import { askedCatalogs } from '../../glue/sharedCatalogs';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { visibleValues } from '../lfTags';

/** The order of the listing; accounts may share tags of one key. */
const placeOf = ({ key, catalogId }: { key: string; catalogId: string }) =>
  `${key}\u0000${catalogId}`;

/**
 * The LF-Tags that the caller may see, each with the values they may see; those
 * that others share only where asked for.
 */
export const listLFTags: Operation<ListLFTagsRequest, ListLFTagsResponse> = (
  input,
  context,
) => {
  const { caller } = context;
  const found = askedCatalogs(
    context,
    requestedCatalog(context, input.CatalogId),
    input.ResourceShareType,
  )
    .flatMap(catalog =>
      [...catalog.lfTags.values()].map(tag => ({
        catalogId: catalog.accountId,
        key: tag.key,
        values: visibleValues(catalog, caller, tag),
      })),
    )
    .filter(({ values }) => values.length > 0)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const page = pageOf(
    found,
    placeOf,
    String,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    LFTags: page.items.map(({ catalogId, key, values }) => ({
      CatalogId: catalogId,
      TagKey: key,
      TagValues: values,
    })),
    NextToken: page.nextToken,
  };
};
