import { invalidInput } from '../../model/api/AwsError';
import { PermissionChange } from '../../model/grants/Grant';
import { GrantBook } from '../../model/grants/GrantBook';

/** AWS: SELECT on so many filters of a table for one principal. */
const MAX_FILTERS = 100;

/** Refuses one data cells filter too many for a principal on a table. */
export function checkFilterGrant(
  grants: GrantBook,
  { principal, resource, permissions }: PermissionChange,
): void {
  if (resource.kind !== 'dataCellsFilter' || !permissions.includes('SELECT')) {
    return;
  }
  const { database, table, filter } = resource;
  const others = new Set<string>();
  for (const held of grants.filters(principal, database, table)) {
    if (
      held.resource.kind === 'dataCellsFilter' &&
      held.resource.filter !== filter &&
      held.permissions.includes('SELECT')
    ) {
      others.add(held.resource.filter);
    }
  }
  if (others.size >= MAX_FILTERS) {
    throw invalidInput(
      `A principal may have SELECT on up to ${MAX_FILTERS} data cells filters of a table.`,
    );
  }
}
