import { Catalog, EmulatorState } from './EmulatorState';
import { DefaultPermission } from '../catalog/LakeSettings';
import { addToHolding } from '../grants/changeGrant';
import { GrantResource } from '../grants/Grant';
import { PERMISSIONS_BY_RESOURCE, Permission } from '../grants/Permission';

/** Who writes a grant, and when. */
export interface Writer {
  readonly state: EmulatorState;
  readonly principal: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

function give(
  catalog: Catalog,
  resource: GrantResource,
  { principal, permissions }: DefaultPermission,
  grantable: readonly string[],
  writer: Writer,
) {
  const before = catalog.grants.get(principal, resource);
  const holding = addToHolding(before, {
    principal,
    resource,
    permissions,
    grantable,
  });
  catalog.grants.put({
    principal,
    resource,
    ...holding,
    sequence: before?.sequence ?? ++writer.state.sequence,
    updatedAt: writer.at,
    updatedBy: writer.principal,
  });
}

/** Everything on something new for its creator, grantable. */
export const addGrants = (
  catalog: Catalog,
  resource: GrantResource,
  creator: string,
  permissions: readonly Permission[],
  writer: Writer,
): void =>
  give(
    catalog,
    resource,
    { principal: creator, permissions: [...permissions] },
    permissions,
    writer,
  );

/**
 * The grants that come with a new database or table: everything for its
 * creator, grantable, and the defaults that the settings ask for. The creator of
 * a database gets nothing on tables that others create in it.
 *
 * @param possible - what there is to have; less on a resource link
 */
export function grantOnCreation(
  catalog: Catalog,
  resource: Extract<GrantResource, { kind: 'database' | 'table' }>,
  creator: string | undefined,
  defaults: readonly DefaultPermission[],
  writer: Writer,
  possible: readonly Permission[] = PERMISSIONS_BY_RESOURCE[resource.kind],
): void {
  if (creator) addGrants(catalog, resource, creator, possible, writer);
  for (const one of defaults) {
    give(catalog, resource, one, [], writer);
  }
}
