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
import type { EntitlementMover } from './EntitlementMover';
import { changeOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { reappliedStep } from '../../store/steps/stepTurns';

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
 * Keeps changes of active entitlements. Steps that old and new plan have in
 * common stay as they are; new ones are applied; those that are no longer
 * wanted are undone when the new ones are in force. The caller holds the row
 * locked.
 */
export class ChangeKeeper {
  readonly #mover: EntitlementMover;
  readonly #clock: () => Date;
  readonly #newId: () => string;

  constructor(options: {
    mover: EntitlementMover;
    clock: () => Date;
    newId: () => string;
  }) {
    this.#mover = options.mover;
    this.#clock = options.clock;
    this.#newId = options.newId;
  }

  /**
   * Begins a change, or puts another one in the place of a failed one.
   *
   * @throws ConflictError where the entitlement is not active, is changing, or
   *   what it was given for is another thing now
   * @throws InputError where the plan could never be finished
   */
  async begin(
    tx: Knex.Transaction,
    row: EntitlementRow,
    wanted: NewChange,
  ): Promise<EntitlementRow> {
    checkPlan(wanted.plan);
    refuseOthers(row, wanted.identities);
    if (row.change_state !== null) {
      this.#next(row, row.change_state, 'supersede');
    }
    const { plan, kind, reason, ...kept } = wanted;
    const change = { ...kept, kind, since: this.#clock().toISOString() };
    const moved = await this.#mover.move(
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
    await this.#stage(tx, moved, plan);
    return this.settle(tx, moved);
  }

  /**
   * Goes on to taking away what is no longer wanted when all that is wanted is
   * in force, and takes the change over when that is gone.
   */
  async settle(
    tx: Knex.Transaction,
    row: EntitlementRow,
  ): Promise<EntitlementRow> {
    let current = row;
    if (current.change_state === 'applying') {
      if (await hasStepsOutside(tx, row.id, ['done'], { leaving: false })) {
        return current;
      }
      current = await this.#beginRemoving(tx, current);
    }
    if (
      current.change_state !== 'removing' ||
      (await hasHeldSteps(tx, row.id, { leaving: true }))
    ) {
      return current;
    }
    return this.#complete(tx, current);
  }

  /**
   * Gives suspended access back. The steps that were undone are history; those
   * of the new plan look anew at what was there before them.
   *
   * @throws ConflictError where it is not suspended, or what it was given for is
   *   another thing now
   */
  async resume(
    tx: Knex.Transaction,
    row: EntitlementRow,
    wanted: NewResumption,
  ): Promise<EntitlementRow> {
    checkPlan(wanted.plan);
    refuseOthers(row, wanted.identities);
    const moved = await this.#mover.move(
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
    await this.#stage(tx, moved, wanted.plan);
    return moved;
  }

  /** Reports that a step of the change failed for good. */
  async fail(
    tx: Knex.Transaction,
    row: EntitlementRow,
    error: StepError,
  ): Promise<EntitlementRow> {
    const change = changeOf(row);
    const { change_state: from } = row;
    if (!change || (from !== 'applying' && from !== 'removing')) return row;
    return this.#mover.write(
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
  async retry(
    tx: Knex.Transaction,
    row: EntitlementRow,
    actorRef: string,
  ): Promise<EntitlementRow> {
    const change = changeOf(row);
    if (!change || row.change_state === null) {
      throw new ConflictError(`Entitlement ${row.id} has no change to retry`);
    }
    const { failedFrom, error: _, ...rest } = change;
    const state = this.#next(
      row,
      row.change_state,
      failedFrom === 'removing' ? 'retry-remove' : 'retry-apply',
    );
    const moved = await this.#mover.write(
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
    return this.settle(tx, moved);
  }

  /** Sorts the steps into those that stay, come and go. */
  async #stage(
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
        byStepId.get(step.id)?.id ?? this.#newId(),
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
            id: rowIds.get(step.id) ?? this.#newId(),
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

  async #beginRemoving(
    tx: Knex.Transaction,
    row: EntitlementRow,
  ): Promise<EntitlementRow> {
    this.#next(row, 'applying', 'applied');
    await turnLeavingSteps(tx, row.id, this.#clock());
    const patch = { change_state: 'removing' as const };
    await tx<EntitlementRow>('entitlements')
      .where({ id: row.id })
      .update(patch);
    return { ...row, ...patch };
  }

  async #complete(
    tx: Knex.Transaction,
    row: EntitlementRow,
  ): Promise<EntitlementRow> {
    this.#next(row, 'removing', 'removed');
    const change = changeOf(row);
    if (!change) return row;
    return this.#mover.move(
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
        readiness_due_at: this.#clock().toISOString(),
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

  #next(
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
