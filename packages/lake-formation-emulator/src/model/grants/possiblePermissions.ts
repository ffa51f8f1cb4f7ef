import { GrantResource } from './Grant';
import { PERMISSIONS_BY_RESOURCE, Permission } from './Permission';

/** What may be granted on a resource; a tag policy gives what its reach does. */
export function possiblePermissions(
  resource: GrantResource,
): readonly Permission[] {
  if (resource.kind !== 'lfTagPolicy') {
    return PERMISSIONS_BY_RESOURCE[resource.kind];
  }
  return resource.reaches === 'DATABASE'
    ? PERMISSIONS_BY_RESOURCE.database
    : PERMISSIONS_BY_RESOURCE.table;
}
