import type {
  SearchDatabasesByLFTagsRequest,
  SearchDatabasesByLFTagsResponse,
} from '@aws-sdk/client-lakeformation';
import { seesDatabase } from '../../../model/access/access';
import { tagsOfDatabase } from '../../../model/access/effectiveTags';
import { hasTags } from '../../../model/state/existence';
import { pageOf } from '../../../model/api/paging';
import { matchesExpression } from '../../../model/grants/tagExpression';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { requestedCatalog } from '../catalogAccess';
import { noSuchTag, renderTags } from '../lfTags';
import { readExpression } from '../resources/tagExpressions';

/** The databases that an expression reaches, of those that the caller sees. */
export const searchDatabasesByLFTags: Operation<
  SearchDatabasesByLFTagsRequest,
  SearchDatabasesByLFTagsResponse
> = (input, context) => {
  const { caller } = context;
  const catalog = requestedCatalog(context, input.CatalogId);
  const expression = readExpression(input.Expression, 'Expression');
  if (!hasTags(catalog, expression)) {
    throw noSuchTag();
  }
  const found = [...catalog.databases.values()]
    .filter(
      database =>
        matchesExpression(expression, tagsOfDatabase(database)) &&
        seesDatabase(catalog, caller, database.name),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = pageOf(
    found,
    ({ name }) => name,
    String,
    pageSize(input.MaxResults, 100),
    input.NextToken,
  );
  return {
    DatabaseList: page.items.map(database => ({
      Database: { CatalogId: catalog.accountId, Name: database.name },
      LFTags: renderTags(catalog, caller, tagsOfDatabase(database)),
    })),
    NextToken: page.nextToken,
  };
};
