import {
  type EntitlementDetail,
  type NewNarrowing,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { changedSince } from '../guard/changedSince';
import {
  readableEntitlement,
  requireActor,
  requireState,
} from '../guard/entitlementGuard';
import { endEarlier } from '../lifecycle/ending';
import { beginChange } from '../lifecycle/changing';
import { planNarrowing } from './planNarrowing';
import { actOnEntitlement } from './actOnEntitlement';

/**
 * Takes a part away, or lets it end earlier. Needs no approval.
 *
 * @throws InputError with all problems; NotFoundError, NotAllowedError,
 *   ConflictError; ServiceUnavailableError where the system does not say what
 *   would be left
 */
export async function narrowEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number; narrowing: NewNarrowing },
): Promise<EntitlementDetail> {
  const seen = await readableEntitlement(deps, caller, id);
  await requireActor(deps, caller, seen, 'narrow');
  if (seen.version !== options.version) {
    throw changedSince(seen, options.version);
  }
  requireState(seen, 'narrow');
  const narrowed = await planNarrowing(deps, seen, options.narrowing);
  return actOnEntitlement(
    deps,
    caller,
    id,
    'narrow',
    options.version,
    async (tx, row) => {
      const { change, expiresAt, reason } = narrowed;
      const by = { reason, actorRef: caller.userRef };
      const shortened = expiresAt
        ? await endEarlier(deps, tx, row, { ...by, expiresAt })
        : row;
      return change
        ? beginChange(deps, tx, shortened, { ...change, ...by })
        : shortened;
    },
    // Otherwise it is told when it is done.
    narrowed.change ? {} : { happening: 'narrowed' },
  );
}
