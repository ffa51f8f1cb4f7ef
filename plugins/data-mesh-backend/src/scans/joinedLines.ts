import { inTurns } from '../turns';
import type { SeenGrant } from './lookAtPorts';

/** What two lines must have in common to be told as one. */
const keyOf = ({ scanned: { group, grant }, reason }: SeenGrant): string =>
  JSON.stringify([
    group,
    grant.resource.words,
    grant.condition,
    grant.grantable.length > 0,
    reason.because,
    reason.entitlement_id,
    reason.words,
    reason.excess,
  ]);

const union = (a: readonly string[], b: readonly string[]) =>
  [...new Set([...a, ...b])].sort();

/**
 * Systems list one grant in several lines. Those on the same that are there for
 * the same reason are one grant to who reads them.
 */
export async function joinedLines(
  grants: readonly SeenGrant[],
): Promise<SeenGrant[]> {
  const joined = new Map<string, SeenGrant>();
  for await (const seen of inTurns(grants)) {
    const key = keyOf(seen);
    const known = joined.get(key);
    if (!known) {
      joined.set(key, seen);
      continue;
    }
    const { grant } = known.scanned;
    const other = seen.scanned.grant;
    const newer =
      (other.updatedAt ?? '') > (grant.updatedAt ?? '') ? other : grant;
    joined.set(key, {
      ...known,
      scanned: {
        ...known.scanned,
        grant: {
          ...newer,
          permissions: union(grant.permissions, other.permissions),
          grantable: union(grant.grantable, other.grantable),
        },
      },
    });
  }
  return [...joined.values()];
}
