import {
  entitlementReadPermission,
  type EntitlementPage,
  type EntitlementQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { principalIdsOf, succeededPorts } from '../guard/entitlementGuard';
import { withSuccessors } from './entitlementDetail';

const DEFAULT_LIMIT = 50;

/** A page of what the caller may read, newest first. */
export async function entitlementPage(
  deps: EntitlementDeps,
  caller: Caller,
  query: EntitlementQuery,
): Promise<EntitlementPage> {
  const readable = await deps.access.authorizer.readFilter(
    entitlementReadPermission,
    caller,
  );
  const page = await deps.store.list(
    {
      readable,
      ...(await succeededPorts(deps, caller, query.productRef)),
      states: query.state,
      productRef: query.productRef,
      principal: query.principal,
      ...(query.view === 'mine' && {
        holder: {
          userRef: caller.userRef,
          principals: await principalIdsOf(deps, caller),
        },
      }),
    },
    { limit: query.limit ?? DEFAULT_LIMIT, cursor: query.cursor },
  );
  return { ...page, items: await withSuccessors(deps, caller, page.items) };
}
