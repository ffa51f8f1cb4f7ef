import type { Knex } from 'knex';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  entitlementChangeTransitions,
  transition,
  type AccessScope,
  type ChangeUnderWay,
  type EntitlementChangeEvent,
  type OutputPort,
  type Plan,
  type StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from './LifecycleDeps';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import { planStepOf } from '../../store/steps/StepRow';
import type { StepRow } from '../../store/tables';
import {
  insertSteps,
  linkSteps,
  newStepRow,
  hasStepsOutside,
  hasHeldSteps,
  leaveSteps,
  retrySteps,
  stepsOf,
  holdsSomething,
  updateStep,
  turnLeavingSteps,
} from '../../store/steps/steps';
import { changedIdentities } from './changedIdentities';
import { checkPlan } from './checkPlan';
import { changeOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { reappliedStep } from '../../store/steps/stepTurns';
import {
  transitionEntitlement,
  writeEntitlement,
} from './transitionEntitlement';

/** What an active entitlement is to become. */
export interface NewChange {
  kind: ChangeUnderWay['kind'];
  scope: AccessScope;
  /** The port as it was approved. */
  port: OutputPort;
  plan: Plan;
  identities: { [key: string]: string };
  actorRef: string;
  requestId?: string;
  approvedBy?: string[];
  purpose?: string;
  reason?: string;
}

/** How suspended access is to be given back. */
export interface NewResumption {
  /** The port as it was approved. */
  port: OutputPort;
  plan: Plan;
  identities: { [key: string]: string };
  approvedBy: string[];
  requestId: string;
  actorRef: string;
}

/**
 * Begins a change, or puts another one in the place of a failed one.
 *
 * @throws ConflictError where the entitlement is not active, is changing, or
 *   what it was given for is another thing now
 * @throws InputError where the plan could never be finished
 */
export async function beginChange(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  wanted: NewChange,
): Promise<EntitlementRow> {
  checkPlan(wanted.plan);
  refuseOthers(row, wanted.identities);
  if (row.change_state !== null) {
    nextChangeState(row, row.change_state, 'supersede');
  }
  const { plan, kind, reason, ...kept } = wanted;
  const change = { ...kept, kind, since: deps.clock().toISOString() };
  const moved = await transitionEntitlement(
    deps,
    tx,
    row,
    kind,
    { change_state: 'applying', change: JSON.stringify(change) },
    {
      actorRef: wanted.actorRef,
      action:
        kind === 'amend' ? 'entitlement.amending' : 'entitlement.narrowing',
      facts: {
        scope: asJson(wanted.scope),
        approvedBy: wanted.approvedBy ?? null,
        reason: reason ?? null,
      },
      correlationId: wanted.requestId,
    },
  );
  await stageSteps(deps, tx, moved, plan);
  return settleChange(deps, tx, moved);
}

/**
 * Goes on to taking away what is no longer wanted when all that is wanted is
 * in force, and takes the change over when that is gone.
 */
export async function settleChange(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
): Promise<EntitlementRow> {
  let current = row;
  if (current.change_state === 'applying') {
    if (await hasStepsOutside(tx, row.id, ['done'], { leaving: false })) {
      return current;
    }
    current = await beginRemoving(deps, tx, current);
  }
  if (
    current.change_state !== 'removing' ||
    (await hasHeldSteps(tx, row.id, { leaving: true }))
  ) {
    return current;
  }
  return completeChange(deps, tx, current);
}

/**
 * Gives suspended access back. The steps that were undone are history; those
 * of the new plan look anew at what was there before them.
 *
 * @throws ConflictError where it is not suspended, or what it was given for is
 *   another thing now
 */
export async function beginResumption(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  wanted: NewResumption,
): Promise<EntitlementRow> {
  checkPlan(wanted.plan);
  refuseOthers(row, wanted.identities);
  const moved = await transitionEntitlement(
    deps,
    tx,
    row,
    'resume',
    {
      end_kind: null,
      suspension: null,
      port_snapshot: JSON.stringify(wanted.port),
      identities: JSON.stringify(wanted.identities),
      approved_by: JSON.stringify([
        ...new Set([
          ...(JSON.parse(row.approved_by) as string[]),
          ...wanted.approvedBy,
        ]),
      ]),
    },
    {
      actorRef: wanted.actorRef,
      action: 'entitlement.resuming',
      facts: { approvedBy: wanted.approvedBy },
      correlationId: wanted.requestId,
    },
  );
  await leaveSteps(tx, row.id);
  await stageSteps(deps, tx, moved, wanted.plan);
  return moved;
}

/** Reports that a step of the change failed for good. */
export async function failChange(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  error: StepError,
): Promise<EntitlementRow> {
  const change = changeOf(row);
  const { change_state: from } = row;
  if (!change || (from !== 'applying' && from !== 'removing')) return row;
  return writeEntitlement(
    deps,
    tx,
    row,
    {
      change_state: 'failed',
      change: JSON.stringify({ ...change, failedFrom: from, error }),
    },
    {
      actorRef: SYSTEM_ACTOR,
      action: 'entitlement.change-failed',
      facts: { failedFrom: from, error: asJson(error) },
      correlationId: change.requestId,
    },
  );
}

/** Lets a failed change go on where it stopped. */
export async function retryChange(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  actorRef: string,
): Promise<EntitlementRow> {
  const change = changeOf(row);
  if (!change || row.change_state === null) {
    throw new ConflictError(`Entitlement ${row.id} has no change to retry`);
  }
  const { failedFrom, error: _, ...rest } = change;
  const state = nextChangeState(
    row,
    row.change_state,
    failedFrom === 'removing' ? 'retry-remove' : 'retry-apply',
  );
  const moved = await writeEntitlement(
    deps,
    tx,
    row,
    {
      change_state: state === 'removing' ? 'removing' : 'applying',
      change: JSON.stringify(rest),
    },
    {
      actorRef,
      action: 'entitlement.change-retried',
      facts: { retry: true },
      correlationId: change.requestId,
    },
  );
  await retrySteps(tx, row.id);
  return settleChange(deps, tx, moved);
}

/** Sorts the steps into those that stay, come and go. */
async function stageSteps(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
  plan: Plan,
): Promise<void> {
  const rows = await stepsOf(tx, row.id);
  const there = rows.filter(holdsSomething);
  if (there.some(step => step.state === 'running')) {
    throw new ConflictError(
      `A step of entitlement ${row.id} is being worked on at this moment; try again shortly`,
    );
  }
  const byStepId = new Map(there.map(one => [planStepOf(one).id, one]));
  const wantedIds = new Set(plan.steps.map(step => step.id));
  const going = there.filter(one => !wantedIds.has(planStepOf(one).id));
  for (const { id } of going) {
    await updateStep(tx, id, { leaving: true });
  }

  const rowIds = new Map(
    plan.steps.map(step => [
      step.id,
      byStepId.get(step.id)?.id ?? deps.newId(),
    ]),
  );
  let position = Math.max(-1, ...rows.map(one => one.position));
  const coming: StepRow[] = [];
  for (const step of plan.steps) {
    const carried = byStepId.get(step.id);
    if (!carried) {
      position += 1;
      coming.push(
        newStepRow({
          id: rowIds.get(step.id) ?? deps.newId(),
          entitlementId: row.id,
          position,
          step,
        }),
      );
      continue;
    }
    const stays = carried.direction === 'apply' && carried.state === 'done';
    await updateStep(tx, carried.id, {
      step: JSON.stringify(step),
      leaving: false,
      ...(stays ? {} : reappliedStep()),
    });
  }
  await insertSteps(tx, coming);
  await linkSteps(tx, plan.steps, rowIds);
}

async function beginRemoving(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
): Promise<EntitlementRow> {
  nextChangeState(row, 'applying', 'applied');
  await turnLeavingSteps(tx, row.id, deps.clock());
  const patch = { change_state: 'removing' as const };
  await tx<EntitlementRow>('entitlements').where({ id: row.id }).update(patch);
  return { ...row, ...patch };
}

async function completeChange(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  row: EntitlementRow,
): Promise<EntitlementRow> {
  nextChangeState(row, 'removing', 'removed');
  const change = changeOf(row);
  if (!change) return row;
  return transitionEntitlement(
    deps,
    tx,
    row,
    'changed',
    {
      scope: JSON.stringify(change.scope),
      level: change.scope.level,
      port_snapshot: JSON.stringify(change.port),
      identities: JSON.stringify(change.identities),
      ...(change.approvedBy && {
        approved_by: JSON.stringify(change.approvedBy),
      }),
      ...(change.purpose && { purpose: change.purpose }),
      change_state: null,
      change: null,
      readiness_due_at: deps.clock().toISOString(),
    },
    {
      actorRef: SYSTEM_ACTOR,
      action:
        change.kind === 'amend'
          ? 'entitlement.amended'
          : 'entitlement.narrowed',
      facts: { scope: asJson(change.scope) },
      correlationId: change.requestId,
    },
  );
}

function nextChangeState(
  row: EntitlementRow,
  state: NonNullable<EntitlementRow['change_state']>,
  event: EntitlementChangeEvent,
) {
  const next = transition(entitlementChangeTransitions, state, event);
  if (!next.ok) {
    throw new ConflictError(
      `Entitlement ${row.id} is being changed already; wait until that is done`,
    );
  }
  return next.state;
}

/** A change would give anew what was given to or of something else. */
function refuseOthers(
  row: EntitlementRow,
  identities: { [key: string]: string },
): void {
  const given = JSON.parse(row.identities) as { [key: string]: string };
  const changes = changedIdentities(given, { identities });
  if (changes.length > 0) {
    throw new ConflictError(
      `Entitlement ${row.id} cannot be changed: ${changes.join(
        '; ',
      )}. A person must adopt or revoke it first`,
    );
  }
}

function asJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
