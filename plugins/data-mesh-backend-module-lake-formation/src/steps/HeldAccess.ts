import type { JsonObject } from '@backstage/types';
import { Place, placeKey } from '../model/Place';
import { NO_ACCESS, TableAccess, isNoAccess } from '../model/TableAccess';

/** Access by the key of its place: what is held, or what was there before us. */
export type AccessByPlace = ReadonlyMap<string, TableAccess>;

export const accessOn = (access: AccessByPlace, place: Place): TableAccess =>
  access.get(placeKey(place)) ?? NO_ACCESS;

/** Plain data for the backend to keep. Places without any access are left out. */
export const writeAccess = (access: AccessByPlace): JsonObject => ({
  places: Object.fromEntries([...access].filter(([, one]) => !isNoAccess(one))),
});

/** Reads what {@link writeAccess} has written. Nothing stored is no access. */
export function readAccess(stored: JsonObject): AccessByPlace {
  const { places } = stored as { places?: Record<string, TableAccess> };
  return new Map(Object.entries(places ?? {}));
}
