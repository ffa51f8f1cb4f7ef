import type { Entity } from '@backstage/catalog-model';
import { isFromTrustedLocation } from '../config/trustedLocations';
import { originOf } from './originOf';

/** What the mesh remembers of a trusted name. Row of `trusted_names`. */
export interface AnchorRow {
  ref: string;
  uid: string | null;
  origin: string | null;
  first_seen_at: string | null;
  missing_since: string | null;
  accepted_by: string | null;
  accepted_at: string | null;
  reason: string | null;
}

/**
 * Whether the entity under a name is who the mesh trusts:
 *
 * - `same`: the entity that was seen before, or from a trusted location
 * - `first-seen`: nothing is known of the name yet
 * - `replaced`: another entity has the name now
 */
export type Identity = 'same' | 'first-seen' | 'replaced';

/**
 * A name that was trusted for longer than this before anybody had it is not
 * given to whoever takes it first. Shorter, the catalog may only be reading its
 * sources. Where locations are trusted, those who are meant come from them.
 */
const GRACE_MS = 60 * 60 * 1000;

/** Judges by what is remembered: either the uid or the origin has to agree. */
export function judgeIdentity(
  anchor: AnchorRow | undefined,
  entity: Entity,
  context: { trustedLocations: readonly string[]; now: Date },
): Identity {
  if (isFromTrustedLocation(context.trustedLocations, entity)) return 'same';
  if (!anchor) return 'first-seen';
  if (anchor.first_seen_at === null) {
    const since = anchor.missing_since;
    const waited = since ? context.now.getTime() - Date.parse(since) : 0;
    const grace = context.trustedLocations.length > 0 ? 0 : GRACE_MS;
    return waited < grace ? 'first-seen' : 'replaced';
  }
  const { uid } = entity.metadata;
  const origin = originOf(entity);
  const unidentified = !anchor.uid && !anchor.origin && !uid && !origin;
  const agrees =
    unidentified ||
    (uid !== undefined && uid === anchor.uid) ||
    (origin !== undefined && origin === anchor.origin);
  return agrees ? 'same' : 'replaced';
}
