import { effectiveHolding } from './access';
import { isAdministrator } from './administrators';
import { Catalog } from '../state/EmulatorState';
import { ColumnSelection, coversColumns } from '../grants/ColumnSelection';
import { GrantResource, PermissionChange } from '../grants/Grant';
import { uniteSelections } from './holdings';
import { covers } from '../grants/Permission';
import { TAG_GRANTING, resourcesOfPolicy } from './policyAccess';
import { columnsOfGrantableFilters, grantableOnPolicy } from './sharedAccess';
import { Requester } from './sources';

/** A table that was shared through filters may be passed on within them. */
const grantableByFilters = (
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): ColumnSelection | undefined =>
  resource.kind === 'table' && requester.account !== catalog.accountId
    ? columnsOfGrantableFilters(
        catalog,
        requester,
        resource.database,
        resource.table,
      )
    : undefined;

/** Whoever may grant with all tags of a policy may grant by it. */
const mayGrantByTags = (
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean =>
  resource.kind === 'lfTagPolicy' &&
  resourcesOfPolicy(resource).every(needed =>
    effectiveHolding(catalog, requester, needed).permissions.includes(
      TAG_GRANTING,
    ),
  );

/**
 * Who may grant or revoke: an administrator, or whoever holds all of it with
 * the grant option, for columns within their own.
 */
export function mayPassOn(
  catalog: Catalog,
  requester: Requester,
  change: PermissionChange,
): boolean {
  if (isAdministrator(catalog, requester.principal)) return true;
  const held = effectiveHolding(catalog, requester, change.resource);
  const wanted = [...change.permissions, ...change.grantable];
  if (mayGrantByTags(catalog, requester, change.resource)) return true;
  if (
    change.resource.kind === 'lfTagPolicy' &&
    requester.account !== catalog.accountId
  ) {
    const passable = grantableOnPolicy(catalog, requester, change.resource);
    return wanted.every(permission => covers(passable, permission));
  }
  if (change.columns) {
    const passable = uniteSelections(
      held.grantableColumns,
      grantableByFilters(catalog, requester, change.resource),
    );
    return passable !== undefined && coversColumns(passable, change.columns);
  }
  return (
    wanted.length > 0 &&
    wanted.every(permission => covers(held.grantable, permission))
  );
}
