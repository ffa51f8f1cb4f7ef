import {
  type Entitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import { toProvisioningStep } from '../../store/steps/StepRow';
import type { StepRow } from '../../store/tables';
import { mapInTurns } from '../../turns';
import {
  readinessOf,
  toEntitlement,
} from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { stepsOf, holdsSomething } from '../../store/steps/steps';
import {
  actionsOfEntitlement,
  readableEntitlement,
} from '../guard/entitlementGuard';
import { vendableOf } from '../use/credentials';

/** With what succeeds products that are not in the catalog any more. */
export async function withSuccessors(
  deps: EntitlementDeps,
  caller: Caller,
  items: readonly Entitlement[],
): Promise<Entitlement[]> {
  const told = await deps.access.successors?.told(items, caller);
  return items.map(item => {
    const successor = told?.(item);
    return successor ? { ...item, successor } : item;
  });
}

/** @throws NotFoundError, NotAllowedError */
export async function entitlementDetail(
  deps: EntitlementDeps,
  caller: Caller,
  id: string,
): Promise<EntitlementDetail> {
  return detailOf(deps, caller, await readableEntitlement(deps, caller, id));
}

export async function detailOf(
  deps: EntitlementDeps,
  caller: Caller,
  row: EntitlementRow,
): Promise<EntitlementDetail> {
  const [steps, actions, requests] = await Promise.all([
    stepsOf(deps.knex, row.id),
    actionsOfEntitlement(deps, caller, row),
    deps.requests.aboutEntitlement(row.id),
  ]);
  const vendable = vendableOf(deps, row, steps);
  const [entitlement] = await withSuccessors(deps, caller, [
    toEntitlement(row),
  ]);
  const stricter =
    actions.includes('move') && entitlement.successor
      ? await deps.access.successors?.whyNotMove(entitlement)
      : undefined;
  return {
    ...entitlement,
    ...(stricter?.length && { whyNotMove: stricter.join('; ') }),
    steps: await mapInTurns(
      steps.filter(step => isOfNow(row, step)),
      toProvisioningStep,
    ),
    actions: actions.filter(
      action =>
        (action !== 'vend' || 'tables' in vendable) &&
        // Not to what the caller may not even see.
        (action !== 'move' || entitlement.successor !== undefined),
    ),
    readiness: readinessOf(row),
    requests,
  };
}

/** Steps that a change of the past has taken away are history. */
function isOfNow(row: EntitlementRow, step: StepRow): boolean {
  return !step.leaving || row.change_state !== null || holdsSomething(step);
}
