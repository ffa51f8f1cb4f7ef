import type { PrincipalResourcePermissions } from '@aws-sdk/client-lakeformation';
import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ListingPlace, readObservedResource } from '../model/observedResource';
import { groupOf, keyOf } from './grantKeys';

/** How a principal is read, with the name of its account. */
export type ReadPrincipal = (id: string) => Principal;

const sorted = (names: readonly string[] | undefined) =>
  [...(names ?? [])].sort();

/**
 * A line of a listing as a grant of a scan. Pure.
 *
 * @returns undefined where the line names nobody or nothing
 */
export function readScannedGrant(
  line: PrincipalResourcePermissions,
  place: ListingPlace,
  readPrincipal: ReadPrincipal,
): ScannedGrant | undefined {
  const principalId = line.Principal?.DataLakePrincipalIdentifier;
  if (!principalId || !line.Resource) return undefined;
  const resource = readObservedResource(line.Resource, place);
  const [share] = line.AdditionalDetails?.ResourceShare ?? [];
  const condition = line.Condition?.Expression;
  const grant: ObservedGrant = {
    principal: readPrincipal(principalId),
    resource,
    permissions: sorted(line.Permissions),
    grantable: sorted(line.PermissionsWithGrantOption),
    ...(condition && { condition }),
    ...(share && { resourceShare: share }),
    ...(line.LastUpdated && { updatedAt: line.LastUpdated.toISOString() }),
    ...(line.LastUpdatedBy && { updatedBy: line.LastUpdatedBy }),
  };
  const group = groupOf(principalId, resource);
  return { key: keyOf(group, grant), group, grant };
}

const union = (a: string[] | undefined, b: string[] | undefined) =>
  [...new Set([...(a ?? []), ...(b ?? [])])].sort();

/**
 * Lines of one page with the same key as one grant, so that a key is there
 * once. AWS lists none twice, but says so nowhere.
 */
export function uniteByKey(grants: ScannedGrant[]): ScannedGrant[] {
  const byKey = new Map<string, ScannedGrant>();
  for (const one of grants) {
    const known = byKey.get(one.key);
    byKey.set(one.key, known ? united(known, one) : one);
  }
  return byKey.size === grants.length ? grants : [...byKey.values()];
}

function united(a: ScannedGrant, b: ScannedGrant): ScannedGrant {
  const { resource } = a.grant;
  const other = b.grant.resource;
  return {
    ...a,
    grant: {
      ...a.grant,
      resource: {
        ...resource,
        ...(resource.columns &&
          other.columns && { columns: union(resource.columns, other.columns) }),
      },
      permissions: union(a.grant.permissions, b.grant.permissions),
      grantable: union(a.grant.grantable, b.grant.grantable),
    },
  };
}
