import { type EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { changeOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { requireState } from '../guard/entitlementGuard';
import { beginReapplying, beginRetrying } from '../lifecycle/restarting';
import { lockEntitlement } from '../lifecycle/lockEntitlement';
import { requireSameIdentities } from './identities';
import { actOnEntitlement } from './actOnEntitlement';

/** Whether what has failed was to take something away. */
const isEnding = (row: EntitlementRow): boolean =>
  row.failed_from === 'revoking' || changeOf(row)?.failedFrom === 'removing';

/**
 * Lets a failed one go on where it stopped.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function retryEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number },
): Promise<EntitlementDetail> {
  return actOnEntitlement(
    deps,
    caller,
    id,
    'retry',
    options.version,
    (tx, row) => beginRetrying(deps, tx, row, caller.userRef),
    {
      // What is to end goes on ending, whatever stands there now.
      first: async row => {
        if (!isEnding(row)) await requireSameIdentities(deps, row);
      },
    },
  );
}

/**
 * Has all of it looked at again, and applied where the system has lost it.
 * What was approved needs no new approval: the consumer may ask too.
 *
 * @throws NotFoundError, NotAllowedError, ConflictError
 */
export async function reapplyEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  options: { version: number },
): Promise<EntitlementDetail> {
  return actOnEntitlement(
    deps,
    caller,
    id,
    'reapply',
    options.version,
    (tx, row) => beginReapplying(deps, tx, row, caller.userRef),
    {
      happening: 'reapplied',
      first: row => requireSameIdentities(deps, row),
    },
  );
}

/**
 * Has all of it looked at again for somebody whose right to that was looked
 * at before: who resolves drift, or a policy.
 *
 * @throws NotFoundError, ConflictError where its state does not allow it
 */
export async function reapplyFor(
  deps: EntitlementDeps,
  actorRef: string,
  id: string,
): Promise<EntitlementRow> {
  const change = await deps.knex.transaction(async tx => {
    const before = await lockEntitlement(tx, id);
    requireState(before, 'reapply');
    return {
      before,
      after: await beginReapplying(deps, tx, before, actorRef),
    };
  });
  deps.changed({ ...change, happening: 'reapplied', actorRef });
  return change.after;
}
