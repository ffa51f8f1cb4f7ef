import type {
  GetDatabasesRequest,
  GetDatabasesResponse,
} from '@aws-sdk/client-glue';
import { seesDatabase } from '../../../model/access/access';
import { Catalog } from '../../../model/state/EmulatorState';
import { DatabaseRecord } from '../../../model/catalog/DatabaseRecord';
import { pageOf, positionOfToken } from '../../../model/api/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { glueCatalog } from '../glueCatalog';
import { renderSeenDatabase } from '../renderDatabase';
import { askedCatalogs } from '../sharedCatalogs';

interface SeenDatabase {
  readonly catalog: Catalog;
  readonly database: DatabaseRecord;
}

/** The order of the listing; accounts may share databases of one name. */
const placeOf = ({ catalog, database }: SeenDatabase) =>
  `${database.name}\u0000${catalog.accountId}`;

const byPlace = (a: SeenDatabase, b: SeenDatabase) =>
  placeOf(a) < placeOf(b) ? -1 : 1;

/** Databases that the caller sees; what others share only where asked for. */
export const getDatabases: Operation<
  GetDatabasesRequest,
  GetDatabasesResponse
> = (input, context) => {
  const limit = pageSize(input.MaxResults, 100);
  const catalogs = askedCatalogs(
    context,
    glueCatalog(context, input.CatalogId),
    input.ResourceShareType,
  );
  const after = positionOfToken(input.NextToken);
  const databases = catalogs
    .flatMap(catalog =>
      [...catalog.databases.values()].map(database => ({ catalog, database })),
    )
    .filter(one => after === undefined || placeOf(one) > after)
    .sort(byPlace);
  function* visible() {
    for (const one of databases) {
      if (seesDatabase(one.catalog, context.caller, one.database.name)) {
        yield one;
      }
    }
  }
  const page = pageOf(visible(), placeOf, String, limit, input.NextToken);
  const nameOnly = input.AttributesToGet?.join() === 'NAME';
  return {
    DatabaseList: page.items.map(({ catalog, database }) =>
      nameOnly
        ? { Name: database.name }
        : renderSeenDatabase(context, catalog, database),
    ),
    NextToken: page.nextToken,
  };
};
