import type { JsonObject } from '@backstage/types';
import { Access, NO_ACCESS, isNoAccess, uniteAccess } from './access';
import { Grant, Grantee } from './grant';
import { granteeKey, resourceKey } from './keys';
import { LakeResource } from './resource';

/** Access by the key of its resource: what is held, or was there before us. */
export type AccessByResource = ReadonlyMap<string, Access>;

export const accessOn = (
  access: AccessByResource,
  resource: LakeResource,
): Access => access.get(resourceKey(resource)) ?? NO_ACCESS;

/** Plain data for the backend to keep. Resources without access are left out. */
export const writeHeld = (access: AccessByResource): JsonObject => ({
  places: Object.fromEntries([...access].filter(([, one]) => !isNoAccess(one))),
});

/** Reads what {@link writeHeld} has written. Nothing stored is no access. */
export function readHeld(stored: JsonObject): AccessByResource {
  const { places } = stored as { places?: Record<string, Access> };
  return new Map(Object.entries(places ?? {}));
}

/**
 * What one grantee holds on each resource. Lake Formation lists one grant of
 * SELECT and DESCRIBE as two lines, and columns with the grant option apart
 * from columns without it: joined here.
 */
export function holdingsOf(
  grantee: Grantee,
  listed: readonly Grant[],
): AccessByResource {
  const wanted = granteeKey(grantee);
  const held = new Map<string, Access>();
  for (const line of listed) {
    if (granteeKey(line.grantee) !== wanted) continue;
    const key = resourceKey(line.resource);
    const known = held.get(key);
    held.set(key, known ? uniteAccess(known, line.access) : line.access);
  }
  return held;
}
