import type {
  GetCatalogsRequest,
  GetCatalogsResponse,
} from '@aws-sdk/client-glue';
import { Catalog } from '../../../model/state/EmulatorState';
import {
  catalogIdOf,
  isBelow,
  isChildOf,
  isThere,
} from '../../../model/state/nestedCatalogs';
import { pageOf } from '../../../model/api/paging';
import { Operation } from '../../Operation';
import { pageSize } from '../../pageSize';
import { renderCatalog, seesCatalog, visibleCatalog } from '../catalogs';
import { glueCatalog, refuseMembers } from '../glueCatalog';

const byId = (a: Catalog, b: Catalog) =>
  catalogIdOf(a) < catalogIdOf(b) ? -1 : 1;

/** The catalogs inside of another one that the caller sees. */
export const getCatalogs: Operation<GetCatalogsRequest, GetCatalogsResponse> = (
  input,
  context,
) => {
  refuseMembers(input, ['HasDatabases']);
  const limit = pageSize(input.MaxResults, 1000);
  const parent = visibleCatalog(
    context,
    input.ParentCatalogId ?? context.caller.account,
  );
  const isAsked = input.Recursive ? isBelow : isChildOf;
  const root = glueCatalog(context, parent.accountId);
  const nested = [...root.nested.values()].filter(
    one =>
      one.inside &&
      isThere(one) &&
      isAsked(one.inside.path, parent.inside?.path) &&
      seesCatalog(context, one),
  );
  const found = [
    ...(input.IncludeRoot && !parent.inside ? [parent] : []),
    ...nested,
  ].sort(byId);
  const page = pageOf(found, catalogIdOf, String, limit, input.NextToken);
  return {
    CatalogList: page.items.map(renderCatalog),
    NextToken: page.nextToken,
  };
};
