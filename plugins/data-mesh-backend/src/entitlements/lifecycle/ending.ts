import type { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import type {
  EntitlementEvent,
  Residue,
  Suspension,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from './LifecycleDeps';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import { planStepOf } from '../../store/steps/StepRow';
import { changeOf } from '../../store/entitlements/EntitlementRow';
import type { EndKind, EntitlementRow } from '../../store/tables';
import {
  turnSteps,
  stepsOf,
  holdsSomething,
  markResidueGone,
} from '../../store/steps/steps';
import {
  transitionEntitlement,
  writeEntitlement,
} from './transitionEntitlement';
import { settleEntitlement } from './settling';

function eventOf(kind: EndKind): EntitlementEvent {
  switch (kind) {
    case 'expired':
      return 'expire';
    case 'suspended':
      return 'suspend';
    default:
      return 'revoke';
  }
}

/**
 * Begins to take access away: steps that were begun turn around, the others
 * are skipped. A step that is being worked on now turns when that ends. A
 * change that is under way ends with it.
 *
 * @throws ConflictError where the state does not allow it
 */
export async function beginEnding(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  ending: {
    kind: Exclude<EndKind, 'suspended'>;
    reason?: string;
    actorRef: string;
  },
): Promise<EntitlementRow> {
  return takeAway(deps, tx, row, ending, {
    end_kind: ending.kind,
    end_reason: ending.reason ?? null,
    ended_by: ending.actorRef,
    suspension: null,
  });
}

/**
 * Begins to take access away until somebody decides whether it goes on. Undone
 * like an ending, and told apart from it by its kind.
 *
 * @throws ConflictError where it is not active
 */
export async function beginSuspension(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  { reason, newlyReached }: Pick<Suspension, 'reason' | 'newlyReached'>,
): Promise<EntitlementRow> {
  const suspension: Suspension = {
    reason,
    since: deps.clock().toISOString(),
    newlyReached,
  };
  return takeAway(
    deps,
    tx,
    row,
    { kind: 'suspended', reason, actorRef: SYSTEM_ACTOR, newlyReached },
    { end_kind: 'suspended', suspension: JSON.stringify(suspension) },
  );
}

async function takeAway(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  ending: {
    kind: EndKind;
    reason?: string;
    actorRef: string;
    newlyReached?: string[];
  },
  patch: Partial<EntitlementRow>,
): Promise<EntitlementRow> {
  if (row.state === 'revoking' && row.end_kind !== 'suspended') {
    throw new ConflictError(`Entitlement ${row.id} is ending already`);
  }
  const revoking = await transitionEntitlement(
    deps,
    tx,
    row,
    eventOf(ending.kind),
    {
      ...patch,
      failed_from: null,
      error: null,
      change_state: null,
      change: null,
      readiness_due_at: null,
    },
    {
      actorRef: ending.actorRef,
      facts: {
        kind: ending.kind,
        reason: ending.reason,
        cancelledChange: changeOf(row)?.kind,
        ...(ending.newlyReached && { newlyReached: ending.newlyReached }),
      },
      ...(ending.kind === 'suspended' && {
        action: 'entitlement.suspending',
      }),
    },
  );
  await turnSteps(tx, row.id, deps.clock());
  return settleEntitlement(deps, tx, revoking);
}

/** Lets it end earlier. The caller has checked that it is earlier. */
export async function endEarlier(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  end: { expiresAt: Date; reason: string; actorRef: string },
): Promise<EntitlementRow> {
  return transitionEntitlement(
    deps,
    tx,
    row,
    'narrow',
    { expires_at: end.expiresAt.toISOString() },
    {
      actorRef: end.actorRef,
      action: 'entitlement.shortened',
      facts: {
        reason: end.reason,
        before: row.expires_at,
        expiresAt: end.expiresAt.toISOString(),
      },
    },
  );
}

/**
 * Closes an ending that cannot be finished. Its steps stay as they are, so
 * that what they left is known as ours.
 *
 * @throws ConflictError where it has not failed to end
 */
export async function closeWithResidue(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  closing: { reason: string; actorRef: string },
): Promise<EntitlementRow> {
  if (row.failed_from !== 'revoking') {
    throw new ConflictError(
      `Entitlement ${row.id} has not failed to end: there is no residue to close`,
    );
  }
  const at = deps.clock().toISOString();
  const left = (await stepsOf(tx, row.id)).filter(holdsSomething);
  const residue: Residue = {
    reason: closing.reason,
    closedBy: closing.actorRef,
    at,
    words: left.map(one => planStepOf(one).words),
  };
  return transitionEntitlement(
    deps,
    tx,
    row,
    row.end_kind === 'expired' ? 'close-by-expiry' : 'close',
    {
      failed_from: null,
      error: null,
      suspension: null,
      ended_at: at,
      residue: JSON.stringify(residue),
    },
    {
      actorRef: closing.actorRef,
      action: 'entitlement.closed-with-residue',
      facts: {
        reason: closing.reason,
        left: residue.words.map(({ text }) => text),
      },
    },
  );
}

/** A look at the system has proved that nothing of the residue is left. */
export async function noteResidueGone(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  actorRef: string = SYSTEM_ACTOR,
): Promise<EntitlementRow> {
  if (row.residue === null) return row;
  await markResidueGone(tx, row.id, deps.clock());
  return writeEntitlement(
    deps,
    tx,
    row,
    { residue: null },
    { actorRef, action: 'entitlement.residue-gone', facts: {} },
  );
}
