import type { Knex } from 'knex';
import type {
  EntitlementAction,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { changedSince } from '../guard/changedSince';
import type { EntitlementHappening } from '../../events';
import type { EntitlementRow } from '../../store/tables';
import {
  readableEntitlement,
  requireActor,
  requireState,
} from '../guard/entitlementGuard';
import { lockEntitlement } from '../lifecycle/lockEntitlement';
import { detailOf } from '../reading/entitlementDetail';

/**
 * Does what a person wants with an entitlement: as who may, at the version that
 * was seen, in a state that allows it.
 */
export async function actOnEntitlement(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
  action: EntitlementAction,
  version: number,
  move: (tx: Knex.Transaction, row: EntitlementRow) => Promise<EntitlementRow>,
  options: {
    happening?: EntitlementHappening;
    /** A look at the system before anything is locked. */
    first?: (row: EntitlementRow) => Promise<void>;
  } = {},
): Promise<EntitlementDetail> {
  const { happening, first } = options;
  const seen = await readableEntitlement(deps, caller, id);
  await requireActor(deps, caller, seen, action);
  if (first) {
    if (seen.version !== version) throw changedSince(seen, version);
    requireState(seen, action);
    await first(seen);
  }
  const change = await deps.knex.transaction(async tx => {
    const before = await lockEntitlement(tx, id);
    if (before.version !== version) throw changedSince(before, version);
    requireState(before, action);
    return { before, after: await move(tx, before) };
  });
  deps.changed({ ...change, happening, actorRef: caller.userRef });
  return detailOf(deps, caller, change.after);
}
