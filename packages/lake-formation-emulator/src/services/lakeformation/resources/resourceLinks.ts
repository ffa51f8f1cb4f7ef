import { invalidInput } from '../../../model/api/AwsError';
import { Catalog } from '../../../model/state/EmulatorState';
import { GrantResource, PermissionChange } from '../../../model/grants/Grant';
import { LINK_PERMISSIONS } from '../../../model/grants/Permission';
import { isForeign } from '../../../model/sharing/arrival';

/** Refuses what lies inside a linked database: it is to be named by its owner. */
export function refuseInsideLink(
  catalog: Catalog,
  resource: GrantResource,
): void {
  const isInside =
    resource.kind === 'table' || resource.kind === 'dataCellsFilter';
  if (isInside && catalog.databases.get(resource.database)?.target) {
    throw invalidInput(
      'Database cannot be a link for this operation when called on a table.',
    );
  }
}

/** Whether a resource is a link itself. */
export function isLink(catalog: Catalog, resource: GrantResource): boolean {
  if (resource.kind !== 'database' && resource.kind !== 'table') return false;
  const database = catalog.databases.get(resource.database);
  return resource.kind === 'database'
    ? database?.target !== undefined
    : database?.tables.get(resource.table)?.target !== undefined;
}

/** A link can be described and dropped; to read, the target must be granted. */
export function checkGrantOnLink(
  catalog: Catalog,
  change: PermissionChange,
): void {
  if (!isLink(catalog, change.resource)) return;
  const wrong = [...change.permissions, ...change.grantable].some(
    permission => !LINK_PERMISSIONS.includes(permission),
  );
  if (wrong || change.columns) {
    throw invalidInput('Permissions modification is invalid.');
  }
  if (isForeign(catalog, change.principal)) {
    throw invalidInput('Resource links cannot be granted to another account.');
  }
}
