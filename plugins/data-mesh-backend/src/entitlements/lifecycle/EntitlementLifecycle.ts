import type { Knex } from 'knex';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  isInForce,
  type EntitlementEvent,
  type Residue,
  type StepError,
  type Suspension,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../../audit/AuditLog';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import { planStepOf } from '../../store/steps/StepRow';
import type { StepRow } from '../../store/tables';
import {
  ChangeKeeper,
  type NewChange,
  type NewResumption,
} from './ChangeKeeper';
import { EntitlementMover } from './EntitlementMover';
import {
  changeOf,
  portOf,
  progressOf,
} from '../../store/entitlements/EntitlementRow';
import type { EndKind, EntitlementRow } from '../../store/tables';
import { skippedStep, turnedStep } from '../../store/steps/stepTurns';
import type { EntitlementHappening } from '../../events';
import {
  turnSteps,
  retrySteps,
  reapplySteps,
  stepsOf,
  holdsSomething,
  markResidueGone,
  hasStepsOutside,
  hasHeldSteps,
} from '../../store/steps/steps';

const DAY_MS = 24 * 60 * 60 * 1000;

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

/** The product that access goes over to. */
export interface ProductHeir {
  productRef: string;
  productTitle: string;
  port: string;
  ownerRef: string;
  domainRef: string;
}

/** An entitlement before and after a transaction. */
export interface EntitlementChange {
  before: EntitlementRow;
  after: EntitlementRow;
  /** What a person did to it, where that is not plain from the states. */
  happening?: EntitlementHappening;
  actorRef?: string;
}

/**
 * Moves entitlements through their states, each move with its steps and its
 * audit event in the transaction it is given. The caller holds the row locked.
 */
export class EntitlementLifecycle {
  readonly #clock: () => Date;
  readonly #mover: EntitlementMover;
  readonly #changes: ChangeKeeper;

  constructor(options: {
    audit: AuditLog;
    clock: () => Date;
    newId: () => string;
  }) {
    this.#clock = options.clock;
    this.#mover = new EntitlementMover(options);
    this.#changes = new ChangeKeeper({ ...options, mover: this.#mover });
  }

  /**
   * Reads an entitlement and keeps others from changing it until the
   * transaction ends. Everything that changes an entitlement or its steps takes
   * this lock first, so that no two transactions wait for each other.
   *
   * @throws NotFoundError where there is none of the id
   */
  async lock(tx: Knex.Transaction, id: string): Promise<EntitlementRow> {
    const row = await tx<EntitlementRow>('entitlements')
      .where({ id })
      .forUpdate()
      .first();
    if (!row) throw new NotFoundError(`No entitlement has the id '${id}'`);
    return row;
  }

  /**
   * Begins to take access away: steps that were begun turn around, the others
   * are skipped. A step that is being worked on now turns when that ends. A
   * change that is under way ends with it.
   *
   * @throws ConflictError where the state does not allow it
   */
  async beginEnding(
    tx: Knex.Transaction,
    row: EntitlementRow,
    ending: {
      kind: Exclude<EndKind, 'suspended'>;
      reason?: string;
      actorRef: string;
    },
  ): Promise<EntitlementRow> {
    return this.#takeAway(tx, row, ending, {
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
  async suspend(
    tx: Knex.Transaction,
    row: EntitlementRow,
    { reason, newlyReached }: Pick<Suspension, 'reason' | 'newlyReached'>,
  ): Promise<EntitlementRow> {
    const suspension: Suspension = {
      reason,
      since: this.#clock().toISOString(),
      newlyReached,
    };
    return this.#takeAway(
      tx,
      row,
      { kind: 'suspended', reason, actorRef: SYSTEM_ACTOR, newlyReached },
      { end_kind: 'suspended', suspension: JSON.stringify(suspension) },
    );
  }

  /**
   * Gives suspended access back by the steps of a new plan, with the end it had.
   *
   * @throws ConflictError where it is not suspended, or what it was given for is
   *   another thing now
   */
  async resume(
    tx: Knex.Transaction,
    row: EntitlementRow,
    resumption: NewResumption,
  ): Promise<EntitlementRow> {
    return this.#changes.resume(tx, row, resumption);
  }

  async #takeAway(
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
    const revoking = await this.#mover.move(
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
    await turnSteps(tx, row.id, this.#clock());
    return this.settle(tx, revoking);
  }

  /**
   * Lets a failed entitlement, or the failed change of an active one, go on
   * where it stopped.
   *
   * @throws ConflictError where nothing has failed
   */
  async retry(
    tx: Knex.Transaction,
    row: EntitlementRow,
    actorRef: string,
  ): Promise<EntitlementRow> {
    if (row.state === 'active') return this.#changes.retry(tx, row, actorRef);
    const moved = await this.#mover.move(
      tx,
      row,
      row.failed_from === 'revoking' ? 'retry-undo' : 'retry-apply',
      { failed_from: null, error: null },
      { actorRef, facts: { retry: true } },
    );
    await retrySteps(tx, row.id);
    return this.settle(tx, moved);
  }

  /**
   * Has all steps looked at again, and what the system has lost applied again.
   * Baselines, health and the end stay as they are.
   *
   * @throws ConflictError where it is neither active nor failed from setting
   *   up, or where a change is under way
   */
  async reapply(
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
    const moved = await this.#mover.move(
      tx,
      row,
      'reapply',
      { failed_from: null, error: null },
      { actorRef, action: 'entitlement.reapplying', facts: {} },
    );
    await reapplySteps(tx, row.id);
    return moved;
  }

  /**
   * Moves the end, counted from the old one.
   *
   * @throws ConflictError where it is not in force, or its time is over
   */
  async renew(
    tx: Knex.Transaction,
    row: EntitlementRow,
    renewal: {
      durationDays: number;
      approvedBy: string[];
      requestId: string;
      actorRef: string;
    },
  ): Promise<EntitlementRow> {
    const now = this.#clock().toISOString();
    if (
      !isInForce(progressOf(row)) ||
      !row.expires_at ||
      row.expires_at <= now
    ) {
      throw new ConflictError(
        `Entitlement ${row.id} has ended or is ending, so it cannot be renewed; a new request is needed`,
      );
    }
    const expiresAt = new Date(
      Date.parse(row.expires_at) + renewal.durationDays * DAY_MS,
    ).toISOString();
    const approvedBy = [
      ...new Set([
        ...(JSON.parse(row.approved_by) as string[]),
        ...renewal.approvedBy,
      ]),
    ];
    const patch: Partial<EntitlementRow> = {
      expires_at: expiresAt,
      duration_days: row.duration_days + renewal.durationDays,
      approved_by: JSON.stringify(approvedBy),
    };
    const audit = {
      actorRef: renewal.actorRef,
      action: 'entitlement.renewed',
      facts: {
        requestId: renewal.requestId,
        before: row.expires_at,
        expiresAt,
        approvedBy: renewal.approvedBy,
      },
      correlationId: renewal.requestId,
    };
    // A failed re-application stays failed, with more time to mend it.
    return row.state === 'failed'
      ? this.#mover.write(tx, row, patch, audit)
      : this.#mover.move(tx, row, 'renew', patch, audit);
  }

  /**
   * Begins to change what an active entitlement covers.
   *
   * @throws ConflictError where it is not active, or is being changed already
   */
  async beginChange(
    tx: Knex.Transaction,
    row: EntitlementRow,
    change: NewChange,
  ): Promise<EntitlementRow> {
    return this.#changes.begin(tx, row, change);
  }

  /** Lets it end earlier. The caller has checked that it is earlier. */
  async endEarlier(
    tx: Knex.Transaction,
    row: EntitlementRow,
    end: { expiresAt: Date; reason: string; actorRef: string },
  ): Promise<EntitlementRow> {
    return this.#mover.move(
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
  async closeResidue(
    tx: Knex.Transaction,
    row: EntitlementRow,
    closing: { reason: string; actorRef: string },
  ): Promise<EntitlementRow> {
    if (row.failed_from !== 'revoking') {
      throw new ConflictError(
        `Entitlement ${row.id} has not failed to end: there is no residue to close`,
      );
    }
    const at = this.#clock().toISOString();
    const left = (await stepsOf(tx, row.id)).filter(holdsSomething);
    const residue: Residue = {
      reason: closing.reason,
      closedBy: closing.actorRef,
      at,
      words: left.map(one => planStepOf(one).words),
    };
    return this.#mover.move(
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

  /**
   * Makes it belong to the product that succeeds its own. Its steps, its end and
   * what was approved stay as they are.
   */
  async moveTo(
    tx: Knex.Transaction,
    row: EntitlementRow,
    successor: ProductHeir,
    actorRef: string,
  ): Promise<EntitlementRow> {
    const { productRef, port, ownerRef, domainRef } = successor;
    return this.#mover.write(
      tx,
      row,
      {
        product_ref: productRef,
        product_title: successor.productTitle,
        product_owner_ref: ownerRef,
        domain_ref: domainRef,
        port,
        port_snapshot: JSON.stringify({ ...portOf(row), name: port }),
      },
      {
        actorRef,
        action: 'entitlement.moved',
        facts: {
          from: { productRef: row.product_ref, port: row.port },
          to: { productRef, port, ownerRef, domainRef },
        },
      },
    );
  }

  /** A look at the system has proved that nothing of the residue is left. */
  async residueGone(
    tx: Knex.Transaction,
    row: EntitlementRow,
    actorRef: string = SYSTEM_ACTOR,
  ): Promise<EntitlementRow> {
    if (row.residue === null) return row;
    await markResidueGone(tx, row.id, this.#clock());
    return this.#mover.write(
      tx,
      row,
      { residue: null },
      { actorRef, action: 'entitlement.residue-gone', facts: {} },
    );
  }

  /** Reports that a step failed for good. */
  async fail(
    tx: Knex.Transaction,
    row: EntitlementRow,
    error: StepError,
  ): Promise<EntitlementRow> {
    if (row.state === 'active') return this.#changes.fail(tx, row, error);
    if (row.state !== 'provisioning' && row.state !== 'revoking') return row;
    return this.#mover.move(
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
  async settle(
    tx: Knex.Transaction,
    row: EntitlementRow,
  ): Promise<EntitlementRow> {
    if (row.state === 'active') return this.#changes.settle(tx, row);
    if (row.state === 'provisioning') {
      if (await hasStepsOutside(tx, row.id, ['done'], { leaving: false })) {
        return row;
      }
      const now = this.#clock();
      const expiresAt =
        row.expires_at ??
        new Date(now.getTime() + row.duration_days * DAY_MS).toISOString();
      return this.#mover.move(
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
      return this.#mover.move(
        tx,
        row,
        undoneBy(row.end_kind),
        {
          ...(!isSuspension && { ended_at: this.#clock().toISOString() }),
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
  turn(step: Pick<StepRow, 'baseline'>): Partial<StepRow> {
    return step.baseline === null ? skippedStep(this.#clock()) : turnedStep();
  }
}
