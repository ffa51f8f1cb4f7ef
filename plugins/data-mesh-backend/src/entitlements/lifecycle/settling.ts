import type { Knex } from 'knex';
import type {
  EntitlementEvent,
  StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from './LifecycleDeps';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import type { EndKind, EntitlementRow, StepRow } from '../../store/tables';
import { skippedStep, turnedStep } from '../../store/steps/stepTurns';
import { hasStepsOutside, hasHeldSteps } from '../../store/steps/steps';
import { failChange, settleChange } from './changing';
import { transitionEntitlement } from './transitionEntitlement';

export const DAY_MS = 24 * 60 * 60 * 1000;

function undoneBy(kind: EndKind | null): EntitlementEvent {
  switch (kind) {
    case 'expired':
      return 'undone-by-expiry';
    case 'suspended':
      return 'undone-by-suspension';
    default:
      return 'undone';
  }
}

/** Reports that a step failed for good. */
export async function failEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  error: StepError,
): Promise<EntitlementRow> {
  if (row.state === 'active') return failChange(deps, tx, row, error);
  if (row.state !== 'provisioning' && row.state !== 'revoking') return row;
  return transitionEntitlement(
    deps,
    tx,
    row,
    'fail',
    { failed_from: row.state, error: JSON.stringify(error) },
    {
      actorRef: SYSTEM_ACTOR,
      facts: { failedFrom: row.state, error: { ...error } },
    },
  );
}

/**
 * Makes an entitlement active when its last step is verified, and ended when
 * the last one is undone. Its time begins with the first activation.
 */
export async function settleEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
): Promise<EntitlementRow> {
  if (row.state === 'active') return settleChange(deps, tx, row);
  if (row.state === 'provisioning') {
    if (await hasStepsOutside(tx, row.id, ['done'], { leaving: false })) {
      return row;
    }
    const now = deps.clock();
    const expiresAt =
      row.expires_at ??
      new Date(now.getTime() + row.duration_days * DAY_MS).toISOString();
    return transitionEntitlement(
      deps,
      tx,
      row,
      'applied',
      {
        activated_at: row.activated_at ?? now.toISOString(),
        expires_at: expiresAt,
        health: 'ok',
        health_reason: null,
        readiness_due_at: now.toISOString(),
      },
      { actorRef: SYSTEM_ACTOR, facts: { expiresAt } },
    );
  }
  if (row.state === 'revoking') {
    if (await hasHeldSteps(tx, row.id)) {
      return row;
    }
    const isSuspension = row.end_kind === 'suspended';
    return transitionEntitlement(
      deps,
      tx,
      row,
      undoneBy(row.end_kind),
      {
        ...(!isSuspension && { ended_at: deps.clock().toISOString() }),
        health: 'unknown',
        health_reason: null,
      },
      { actorRef: SYSTEM_ACTOR, facts: { kind: row.end_kind } },
    );
  }
  return row;
}

/**
 * A step of an entitlement that is ending stops being applied: it turns
 * around where something may have been written, else it is skipped.
 */
export function turnOfStep(
  deps: LifecycleDeps,
  step: Pick<StepRow, 'baseline'>,
): Partial<StepRow> {
  return step.baseline === null ? skippedStep(deps.clock()) : turnedStep();
}
