import type {
  ListLFTagsRequest,
  ListLFTagsResponse,
} from '@aws-sdk/client-lakeformation';
import { pageOf } from '../../../model/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { visibleValues } from '../lfTags';

/** The LF-Tags that the caller may see, each with the values they may see. */
export const listLFTags: Operation<ListLFTagsRequest, ListLFTagsResponse> = (
  input,
  context,
) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const found =
    input.ResourceShareType === 'FOREIGN'
      ? []
      : [...catalog.lfTags.values()]
          .map(tag => ({
            key: tag.key,
            values: visibleValues(catalog, context.caller, tag),
          }))
          .filter(({ values }) => values.length > 0)
          .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = pageOf(
    found,
    ({ key }) => key,
    String,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    LFTags: page.items.map(({ key, values }) => ({
      CatalogId: catalog.accountId,
      TagKey: key,
      TagValues: values,
    })),
    NextToken: page.nextToken,
  };
};
