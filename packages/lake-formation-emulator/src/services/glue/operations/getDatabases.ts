import type {
  GetDatabasesRequest,
  GetDatabasesResponse,
} from '@aws-sdk/client-glue';
import { seesDatabase } from '../../../model/access';
import { DatabaseRecord } from '../../../model/Catalog';
import { pageOf } from '../../../model/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { glueCatalog } from '../glueCatalog';
import { renderDatabase } from '../renderDatabase';

const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : 1;

export const getDatabases: Operation<
  GetDatabasesRequest,
  GetDatabasesResponse
> = (input, context) => {
  const catalog = glueCatalog(context, input.CatalogId);
  const limit = pageSize(input.MaxResults, 100);
  // Nothing is shared or federated here yet, so only an account's own appear.
  const asksForOthers =
    input.ResourceShareType === 'FOREIGN' ||
    input.ResourceShareType === 'FEDERATED';
  const visible: DatabaseRecord[] = asksForOthers
    ? []
    : [...catalog.databases.values()]
        .filter(({ name }) => seesDatabase(catalog, context.caller, name))
        .sort(byName);
  const page = pageOf(
    visible,
    ({ name }) => name,
    String,
    limit,
    input.NextToken,
  );
  const nameOnly = input.AttributesToGet?.join() === 'NAME';
  return {
    DatabaseList: page.items.map(database =>
      nameOnly ? { Name: database.name } : renderDatabase(catalog, database),
    ),
    NextToken: page.nextToken,
  };
};
