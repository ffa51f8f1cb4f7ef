import { ConflictError } from '@backstage/errors';
import {
  type EntitlementDetail,
  type NewMove,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { changedSince } from '../guard/changedSince';
import { toEntitlement } from '../../store/entitlements/EntitlementRow';
import {
  readableEntitlement,
  requireActor,
  requireState,
  successorOf,
} from '../guard/entitlementGuard';
import { assignToProduct } from '../lifecycle/assignToProduct';
import { actOnEntitlement } from './actOnEntitlement';

/**
 * Makes what a vanished product left behind access to the product that
 * publishes its tables now. Nothing of it changes in the system.
 *
 * @throws NotFoundError, NotAllowedError
 * @throws ConflictError where that is not its successor, or is stricter
 */
export async function moveToSuccessor(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number; to: NewMove },
): Promise<EntitlementDetail> {
  const { version, to } = options;
  const seen = await readableEntitlement(deps, caller, id);
  await requireActor(deps, caller, seen, 'move');
  if (seen.version !== version) throw changedSince(seen, version);
  requireState(seen, 'move');
  const successor = await successorOf(deps, seen);
  if (successor?.productRef !== to.productRef || successor.port !== to.port) {
    throw new ConflictError(
      successor
        ? `The tables of ${seen.product_ref} are published as the port '${successor.port}' of ${successor.productRef}, not as '${to.port}' of ${to.productRef}; look at the access again`
        : `Nothing succeeds ${seen.product_ref}: it is in the catalog, or no other product publishes all of its tables`,
    );
  }
  const stricter = await deps.access.successors?.whyNotMove(
    toEntitlement(seen),
  );
  if (stricter?.length) {
    throw new ConflictError(
      `The access cannot be moved, because ${
        to.productRef
      } is stricter: ${stricter.join(
        '; ',
      )}. Ask for it again under the new name, so that those decide who have to`,
    );
  }
  return actOnEntitlement(
    deps,
    caller,
    id,
    'move',
    version,
    (tx, row) => assignToProduct(deps, tx, row, successor, caller.userRef),
    { happening: 'moved' },
  );
}
