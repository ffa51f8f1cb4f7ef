import { Catalog } from '../state/EmulatorState';
import { optInKey } from '../catalog/OptIn';
import { conditionHolds } from '../conditions/conditionHolds';
import { ALL_TABLES, GrantResource } from '../grants/Grant';
import { groupsOf } from '../sharing/arrival';
import { Requester, holders } from './sources';

/** A grant or opt-in on all tables of a database reaches each of them. */
export const reachedBy = (resource: GrantResource): GrantResource[] =>
  resource.kind === 'table' && resource.table !== ALL_TABLES
    ? [resource, { ...resource, table: ALL_TABLES }]
    : [resource];

function hasOptIn(
  catalog: Catalog,
  requester: Requester,
  principals: readonly string[],
  resource: GrantResource,
): boolean {
  return principals.some(principal =>
    catalog.optIns
      .get(optInKey(principal, resource))
      ?.some(optIn => conditionHolds(optIn, requester.sessionTags ?? {})),
  );
}

/**
 * Whether the requester has chosen to be held to Lake Formation's grants on a
 * resource that is still left to IAM for the others: hybrid access mode.
 */
export function isOptedIn(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean {
  if (catalog.optIns.size === 0) return false;
  const principals = holders(requester);
  return reachedBy(resource).some(reached =>
    hasOptIn(catalog, requester, principals, reached),
  );
}

/**
 * The same for someone of another account, who may be opted in with the whole
 * account, organization or unit. An opt-in to all tables needs one to the
 * database beside it.
 */
export function isOptedInAcrossAccounts(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean {
  if (catalog.optIns.size === 0) return false;
  const { account } = requester;
  const principals = [
    ...holders(requester),
    account,
    ...groupsOf(catalog.state, account),
  ];
  const has = (asked: GrantResource) =>
    hasOptIn(catalog, requester, principals, asked);
  if (has(resource)) return true;
  if (resource.kind !== 'table') return false;
  const { database } = resource;
  return (
    has({ kind: 'database', database }) &&
    has({ ...resource, table: ALL_TABLES })
  );
}
