import {
  sentence,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  NO_ACCESS,
  Access,
  effectiveAccess,
  intersectAccess,
  isNoAccess,
  subtractAccess,
  uniteAccess,
} from '../../lake/access';
import { isNoColumns, isOpenEnded } from '../../lake/columns';
import { ResourceAccess } from '../../lake/grant';
import { AccessByResource, accessOn } from '../../lake/held';
import { resourceKey } from '../../lake/keys';

/** A step in force, with what was there before it. */
export interface GrantInForce {
  wants: ResourceAccess[];
  baseline: AccessByResource;
}

/** What a part of the access to a resource stays for. */
export interface Kept {
  want: ResourceAccess;
  because: Sentence;
}

const BEFORE_US = sentence('plan.keeps.before');
const NEEDED = sentence('plan.keeps.needed');
const FOREIGN = sentence('plan.keeps.foreign');

/** What a step has put there itself. */
export const broughtOn = (
  want: ResourceAccess,
  baseline: AccessByResource,
): Access => subtractAccess(want.access, accessOn(baseline, want.resource));

/**
 * What was there before a step and must stay when it ends: the held less what
 * the other steps in force have put there. Of a resource it is all that is held,
 * not only what the step wants: that tells later whose a wider grant is.
 */
export function baselineOf(
  wants: ResourceAccess[],
  held: AccessByResource,
  others: GrantInForce[],
): AccessByResource {
  return new Map(
    wants.map(want => {
      const byOthers = others
        .flatMap(other =>
          other.wants
            .filter(one => isSamePlace(one, want))
            .map(one => broughtOn(one, other.baseline)),
        )
        .reduce(uniteAccess, NO_ACCESS);
      const before = effectiveAccess(accessOn(held, want.resource));
      return [resourceKey(want.resource), subtractAccess(before, byOthers)];
    }),
  );
}

/** What of a step goes and what stays, by what is held now. */
export function remainderOf(
  { wants, baseline }: GrantInForce,
  held: AccessByResource,
  others: GrantInForce[],
): { removes: ResourceAccess[]; keeps: Kept[] } {
  const removes: ResourceAccess[] = [];
  const keeps: Kept[] = [];
  for (const want of wants) {
    const heldHere = accessOn(held, want.resource);
    const present = intersectAccess(want.access, heldHere);
    const baselineHere = accessOn(baseline, want.resource);
    const before = intersectAccess(present, baselineHere);
    const ours = subtractAccess(present, before);
    const needed = intersectAccess(ours, neededBy(others, want));
    const removable = subtractAccess(ours, needed);
    const foreign = isForeignWildcard(heldHere, baselineHere, removable)
      ? { permissions: [], select: removable.select }
      : NO_ACCESS;
    const reasons: Array<[Access, Sentence]> = [
      [before, BEFORE_US],
      [needed, NEEDED],
      [foreign, FOREIGN],
    ];
    for (const [access, because] of reasons) {
      if (!isNoAccess(access))
        keeps.push({ want: { ...want, access }, because });
    }
    const access = subtractAccess(removable, foreign);
    if (!isNoAccess(access)) removes.push({ ...want, access });
  }
  return { removes, keeps };
}

/**
 * All that others want, not only what they brought: what they found already
 * there must not vanish from under them either.
 */
function neededBy(others: GrantInForce[], want: ResourceAccess): Access {
  return others
    .flatMap(other => other.wants.filter(one => isSamePlace(one, want)))
    .map(one => one.access)
    .reduce(uniteAccess, NO_ACCESS);
}

/**
 * We granted a list of columns, nobody needs them and nobody had more before,
 * yet all columns are held: a grant of somebody else covers ours, and to revoke
 * ours would narrow theirs.
 */
function isForeignWildcard(held: Access, baseline: Access, removable: Access) {
  return (
    isOpenEnded(held.select) &&
    !isOpenEnded(baseline.select) &&
    !isOpenEnded(removable.select) &&
    !isNoColumns(removable.select)
  );
}

function isSamePlace(a: ResourceAccess, b: ResourceAccess) {
  return resourceKey(a.resource) === resourceKey(b.resource);
}
