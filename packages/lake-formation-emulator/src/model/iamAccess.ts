import { Catalog, optInKey } from './Catalog';
import { conditionHolds } from './conditions';
import { ALL_TABLES, GrantResource } from './Grant';
import { Permission, covers } from './Permission';
import { IAM_ALLOWED_PRINCIPALS } from './principals';
import { Requester, holders } from './sources';

/** A grant on all tables of a database reaches each of them. */
const reachedBy = (resource: GrantResource): GrantResource[] =>
  resource.kind === 'table' && resource.table !== ALL_TABLES
    ? [resource, { ...resource, table: ALL_TABLES }]
    : [resource];

/**
 * Whether the requester has chosen to be held to Lake Formation's grants on a
 * resource that is still left to IAM for the others: hybrid access mode.
 */
function isOptedIn(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean {
  if (catalog.optIns.size === 0) return false;
  return holders(requester).some(holder =>
    reachedBy(resource).some(reached =>
      catalog.optIns
        .get(optInKey(holder, reached))
        ?.some(optIn => conditionHolds(optIn, requester.sessionTags ?? {})),
    ),
  );
}

/**
 * Whether Lake Formation leaves the resource to IAM, which the emulator takes
 * as allowing everything. Only for principals of the catalog's own account.
 */
export function leftToIam(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
  permission?: Permission,
): boolean {
  if (requester.account !== catalog.accountId) return false;
  const isOpen = reachedBy(resource).some(reached => {
    const grant = catalog.grants.get(IAM_ALLOWED_PRINCIPALS, reached);
    return (
      grant !== undefined &&
      (permission === undefined || covers(grant.permissions, permission))
    );
  });
  return isOpen && !isOptedIn(catalog, requester, resource);
}

/** Whether IAM has the database, or a table of it, to give. */
export function isLeftToIamInside(
  catalog: Catalog,
  requester: Requester,
  database: string,
): boolean {
  if (requester.account !== catalog.accountId) return false;
  for (const { resource } of catalog.grants.inside(
    IAM_ALLOWED_PRINCIPALS,
    database,
  )) {
    if (!isOptedIn(catalog, requester, resource)) return true;
  }
  return false;
}
