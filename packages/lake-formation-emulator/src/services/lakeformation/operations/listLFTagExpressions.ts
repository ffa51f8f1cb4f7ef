import type {
  ListLFTagExpressionsRequest,
  ListLFTagExpressionsResponse,
} from '@aws-sdk/client-lakeformation';
import { seesResource } from '../../../model/access/access';
import { pageOf } from '../../../model/api/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { renderSavedExpression } from '../savedExpressions';

/** The saved expressions that the caller may see. */
export const listLFTagExpressions: Operation<
  ListLFTagExpressionsRequest,
  ListLFTagExpressionsResponse
> = (input, context) => {
  const catalog = requestedCatalog(context, input.CatalogId);
  const found = [...catalog.tagExpressions.values()]
    .filter(({ name }) =>
      seesResource(catalog, context.caller, { kind: 'lfTagExpression', name }),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = pageOf(
    found,
    ({ name }) => name,
    String,
    pageSize(input.MaxResults, 1000),
    input.NextToken,
  );
  return {
    LFTagExpressions: page.items.map(saved =>
      renderSavedExpression(catalog, saved),
    ),
    NextToken: page.nextToken,
  };
};
