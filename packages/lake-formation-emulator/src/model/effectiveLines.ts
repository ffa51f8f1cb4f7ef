import { isAdministrator, seesEverything } from './access';
import { Catalog } from './Catalog';
import { ALL_TABLES, Grant, GrantResource } from './Grant';
import { ListedGrant, listedAs } from './listGrants';
import { Permission } from './Permission';
import { possiblePermissions } from './possiblePermissions';

/** What administrators have without any grant, as AWS lists it. */
function implicitPermissions(
  catalog: Catalog,
  principal: string,
  resource: GrantResource,
): Pick<Grant, 'permissions' | 'grantable'> {
  if (isAdministrator(catalog, principal)) {
    const all: readonly Permission[] =
      resource.kind === 'catalog'
        ? ['CREATE_DATABASE']
        : possiblePermissions(resource);
    return { permissions: all, grantable: all };
  }
  const describes =
    seesEverything(catalog, principal) &&
    (resource.kind === 'database' || resource.kind === 'table');
  return { permissions: describes ? ['DESCRIBE'] : [], grantable: [] };
}

/**
 * The lines of a listing by principal *and* resource: explicit grants on it and
 * on all tables, joined with what an administrator has implicitly. The two are
 * not told apart, as AWS does not tell them apart.
 */
export function effectiveLines(
  catalog: Catalog,
  principal: string,
  resource: GrantResource,
): ListedGrant[] {
  const explicit = catalog.grants.get(principal, resource);
  const implicit = implicitPermissions(catalog, principal, resource);
  const lines: ListedGrant[] = [];
  if (implicit.permissions.length) {
    const { permissions, grantable } = implicit;
    lines.push(
      ...listedAs({
        principal,
        resource,
        permissions,
        grantable,
        sequence: 0,
        updatedAt: explicit?.updatedAt ?? 0,
        updatedBy: explicit?.updatedBy ?? principal,
      }),
    );
  } else if (explicit) {
    lines.push(...listedAs(explicit));
  }
  if (resource.kind === 'table' && resource.table !== ALL_TABLES) {
    const onAll = catalog.grants.get(principal, {
      ...resource,
      table: ALL_TABLES,
    });
    if (onAll) lines.push(...listedAs(onAll));
  }
  // In the order of all listings, so that pages can be cut.
  return lines.sort((a, b) => a.grant.sequence - b.grant.sequence);
}
