import { Catalog } from '../state/EmulatorState';
import { GrantResource } from '../grants/Grant';
import { isOptedIn, reachedBy } from './optedIn';
import { Permission, covers } from '../grants/Permission';
import { IAM_ALLOWED_PRINCIPALS } from '../iam/principals';
import { Requester } from './sources';

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
