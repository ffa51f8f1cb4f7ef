import type { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import type { LifecycleDeps } from './LifecycleDeps';
import type { EntitlementRow } from '../../store/tables';
import { retrySteps, reapplySteps } from '../../store/steps/steps';
import { retryChange } from './changing';
import { transitionEntitlement } from './transitionEntitlement';
import { settleEntitlement } from './settling';

/**
 * Lets a failed entitlement, or the failed change of an active one, go on
 * where it stopped.
 *
 * @throws ConflictError where nothing has failed
 */
export async function beginRetrying(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  actorRef: string,
): Promise<EntitlementRow> {
  if (row.state === 'active') return retryChange(deps, tx, row, actorRef);
  const moved = await transitionEntitlement(
    deps,
    tx,
    row,
    row.failed_from === 'revoking' ? 'retry-undo' : 'retry-apply',
    { failed_from: null, error: null },
    { actorRef, facts: { retry: true } },
  );
  await retrySteps(tx, row.id);
  return settleEntitlement(deps, tx, moved);
}

/**
 * Has all steps looked at again, and what the system has lost applied again.
 * Baselines, health and the end stay as they are.
 *
 * @throws ConflictError where it is neither active nor failed from setting
 *   up, or where a change is under way
 */
export async function beginReapplying(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  actorRef: string,
): Promise<EntitlementRow> {
  if (row.change_state !== null) {
    throw new ConflictError(
      `Entitlement ${row.id} is being changed; wait until that is done, or retry it where it has failed`,
    );
  }
  if (row.failed_from === 'revoking') {
    throw new ConflictError(
      `Entitlement ${row.id} is to end: it is not applied again`,
    );
  }
  const moved = await transitionEntitlement(
    deps,
    tx,
    row,
    'reapply',
    { failed_from: null, error: null },
    { actorRef, action: 'entitlement.reapplying', facts: {} },
  );
  await reapplySteps(tx, row.id);
  return moved;
}
