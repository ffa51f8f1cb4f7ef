import type { Knex } from 'knex';
import type { JsonObject } from '@backstage/types';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LifecycleDeps } from '../entitlements/lifecycle/LifecycleDeps';
import type { AuditLog } from '../audit/AuditLog';
import type { EntitlementChange } from '../entitlements/lifecycle/EntitlementChange';
import type { EntitlementRow } from '../store/tables';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { Claim } from './StepQueue';
import { planStepOf } from '../store/steps/StepRow';
import type { StepRow } from '../store/tables';
import {
  findStep,
  updateLeasedStep,
  storeUnknownEnd,
} from '../store/steps/steps';
import { contributorsOf, usersOf } from '../store/steps/sharedSteps';
import { releaseLocks } from '../store/steps/stepQueue';
import {
  failEntitlement,
  settleEntitlement,
  turnOfStep,
} from '../entitlements/lifecycle/settling';
import { lockEntitlement } from '../entitlements/lifecycle/lockEntitlement';

const leaseless: Partial<StepRow> = { lease_owner: null, lease_until: null };

/** The lease went to another worker, which goes on from what is recorded. */
export class LeaseLostError extends Error {
  constructor(claim: Claim) {
    super(`The lease of step ${claim.step.id} has gone to another worker`);
    this.name = 'LeaseLostError';
  }
}

/**
 * Writes down how far a step has come. Every write proves that the lease is
 * still held, and comes with its audit event and what follows from it for the
 * entitlement, in one transaction.
 */
export class StepJournal {
  readonly #knex: Knex;
  readonly #audit: AuditLog;
  readonly #lifecycle: LifecycleDeps;
  readonly #clock: () => Date;

  constructor(options: {
    knex: Knex;
    audit: AuditLog;
    lifecycle: LifecycleDeps;
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#audit = options.audit;
    this.#lifecycle = options.lifecycle;
    this.#clock = options.clock;
  }

  /**
   * Stores what was there before us. To be called before anything is written.
   *
   * @returns false where the step must not be applied any more
   * @throws LeaseLostError
   */
  async storeBaseline(claim: Claim, baseline: JsonObject): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const entitlement = await lockEntitlement(tx, claim.entitlement.id);
      const isApplying =
        entitlement.state === 'provisioning' ||
        (entitlement.state === 'active' &&
          entitlement.change_state === 'applying');
      if (!isApplying) return false;
      await this.#write(tx, claim, { baseline: JSON.stringify(baseline) });
      return true;
    });
  }

  /**
   * A call to apply the step ended without an answer: it may arrive later, also
   * after the step was undone. Needs no lease: it is true whoever works on it.
   */
  async noteUnknownEnd({ id }: Pick<StepRow, 'id'>): Promise<void> {
    await storeUnknownEnd(this.#knex, id, this.#clock());
  }

  /** When the last call to apply the step ended without an answer. */
  async unknownEndOf({ id }: Pick<StepRow, 'id'>): Promise<Date | undefined> {
    const row = await findStep(this.#knex, id);
    return row?.apply_unknown_at ? new Date(row.apply_unknown_at) : undefined;
  }

  /**
   * Steps that may have put something where this one looks: what they put
   * there is not `before us`. Those being undone count as long as they are not.
   */
  async contributors(step: Pick<StepRow, 'id'>): Promise<LiveStep[]> {
    return contributorsOf(this.#knex, step);
  }

  /**
   * Steps that need what this one would take away: those of other entitlements
   * that are in force, may be, or are looked at again. Those of its own end
   * together with it, but where it leaves by a change: then the ones that stay
   * need it too.
   */
  async users(
    step: Pick<StepRow, 'id' | 'entitlement_id'>,
    options: { ownStay?: boolean } = {},
  ): Promise<LiveStep[]> {
    return usersOf(this.#knex, step, options);
  }

  /** The step is in the system, as a look has proved. */
  async recordApplied(
    claim: Claim,
    outcome: string,
  ): Promise<EntitlementChange> {
    return this.#settle(claim, async (tx, entitlement) => {
      await this.#finish(
        tx,
        claim,
        isTurning(claim, entitlement)
          ? await this.#turned(tx, claim)
          : { state: 'done', outcome, last_error: null },
      );
      await this.#report(tx, claim, 'step.applied', { outcome });
      return entitlement;
    });
  }

  /** Nothing of the step is left that only it needed, as a look has proved. */
  async recordUndone(
    claim: Claim,
    outcome: string,
  ): Promise<EntitlementChange> {
    return this.#settle(claim, async (tx, entitlement) => {
      await this.#finish(tx, claim, {
        state: 'undone',
        outcome,
        last_error: null,
      });
      await this.#report(tx, claim, 'step.undone', { outcome });
      return entitlement;
    });
  }

  /** The attempt failed; another one is due later. */
  async recordSetback(
    claim: Claim,
    error: StepError,
    nextAttemptAt: Date,
  ): Promise<EntitlementChange> {
    return this.#settle(claim, async (tx, entitlement) => {
      const turns = isTurning(claim, entitlement);
      await this.#write(tx, claim, {
        state: 'waiting',
        next_attempt_at: nextAttemptAt.toISOString(),
        last_error: JSON.stringify(error),
        ...leaseless,
        ...(turns && (await this.#turned(tx, claim))),
      });
      return entitlement;
    });
  }

  /** The step failed for good, and with it the entitlement. */
  async recordFailed(
    claim: Claim,
    error: StepError,
  ): Promise<EntitlementChange> {
    return this.#settle(claim, async (tx, entitlement) => {
      const turns = isTurning(claim, entitlement);
      await this.#finish(tx, claim, {
        state: 'failed',
        last_error: JSON.stringify(error),
        ...(turns && (await this.#turned(tx, claim))),
      });
      await this.#report(tx, claim, 'step.failed', { error: { ...error } });
      return turns
        ? entitlement
        : failEntitlement(this.#lifecycle, tx, entitlement, error);
    });
  }

  /**
   * Gives a step back unfinished: at shutdown, or because its entitlement is
   * not to be applied any more. The attempt does not count.
   */
  async giveBack(claim: Claim): Promise<EntitlementChange> {
    return this.#settle(claim, async (tx, entitlement) => {
      await this.#write(tx, claim, {
        state: 'pending',
        attempts: claim.step.attempts - 1,
        ...leaseless,
        ...(isTurning(claim, entitlement) && (await this.#turned(tx, claim))),
      });
      return entitlement;
    });
  }

  async #settle(
    claim: Claim,
    write: (
      tx: Knex.Transaction,
      entitlement: EntitlementRow,
    ) => Promise<EntitlementRow>,
  ): Promise<EntitlementChange> {
    return this.#knex.transaction(async tx => {
      const before = await lockEntitlement(tx, claim.entitlement.id);
      const written = await write(tx, before);
      await releaseLocks(tx, claim.token);
      return {
        before,
        after: await settleEntitlement(this.#lifecycle, tx, written),
      };
    });
  }

  async #finish(
    tx: Knex.Transaction,
    claim: Claim,
    changes: Partial<StepRow>,
  ): Promise<void> {
    await this.#write(tx, claim, {
      finished_at: this.#clock().toISOString(),
      ...leaseless,
      ...changes,
    });
  }

  async #write(
    tx: Knex.Transaction,
    claim: Claim,
    changes: Partial<StepRow>,
  ): Promise<void> {
    const lease = { id: claim.step.id, token: claim.token };
    if (!(await updateLeasedStep(tx, lease, changes))) {
      throw new LeaseLostError(claim);
    }
  }

  /** The baseline may have been stored after the claim: it is read again. */
  async #turned(tx: Knex.Transaction, claim: Claim): Promise<Partial<StepRow>> {
    const row = await findStep(tx, claim.step.id);
    return turnOfStep(this.#lifecycle, { baseline: row?.baseline ?? null });
  }

  async #report(
    tx: Knex.Transaction,
    claim: Claim,
    action: string,
    facts: JsonObject,
  ): Promise<void> {
    const step = planStepOf(claim.step);
    const undoing = claim.step.direction === 'undo';
    const call = (undoing && step.undo?.call) || step.call;
    await this.#audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action,
      subject: `entitlement:${claim.entitlement.id}`,
      after: {
        step: step.id,
        direction: claim.step.direction,
        words: (undoing && step.undo?.words) || step.words,
        call: JSON.parse(JSON.stringify(call)) as JsonObject,
        attempt: claim.step.attempts,
        ...facts,
      },
      correlationId: claim.entitlement.request_id,
    });
  }
}

/** Whether the entitlement began to end while the step was being applied. */
function isTurning(claim: Claim, entitlement: EntitlementRow): boolean {
  return entitlement.state === 'revoking' && claim.step.direction === 'apply';
}
