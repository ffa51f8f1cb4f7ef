import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { chosenColumns, uniteAccess } from '../lake/access';
import { granteeKey, resourceKey } from '../lake/keys';
import { ReadPrincipal, observedGrant } from '../lake/observed';
import { ListedGrant } from '../lake/wire';

/**
 * A listing as grants that people read: lines of one grantee on one resource
 * are one grant, except where they are about different columns.
 */
export function observedGrants(
  listed: ListedGrant[],
  region: string,
  readPrincipal: ReadPrincipal,
): ObservedGrant[] {
  const lines = new Map<string, ListedGrant>();
  for (const line of listed) {
    const key = JSON.stringify([
      granteeKey(line.grantee),
      resourceKey(line.resource),
      // All columns belong to the line with the rest of the permissions.
      chosenColumns(line.access),
    ]);
    const known = lines.get(key);
    lines.set(key, known ? joined(known, line) : line);
  }
  return [...lines.values()].map(line =>
    observedGrant(line, region, readPrincipal),
  );
}

function joined(known: ListedGrant, line: ListedGrant): ListedGrant {
  const isNewer =
    line.updatedAt && (!known.updatedAt || line.updatedAt > known.updatedAt);
  return {
    ...known,
    access: uniteAccess(known.access, line.access),
    ...(isNewer && { updatedAt: line.updatedAt, updatedBy: line.updatedBy }),
  };
}
