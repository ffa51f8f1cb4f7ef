import type { Knex } from 'knex';
import type { LifecycleDeps } from '../entitlements/lifecycle/LifecycleDeps';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementChange } from '../entitlements/lifecycle/EntitlementChange';
import type { StepRow } from '../store/tables';
import { nextTurn } from '../turns';
import {
  readySteps,
  extendLease,
  lockDueStep,
  releaseLocks,
  takeLocks,
  noteServed,
  updateSeenStep,
} from '../store/steps/stepQueue';
import {
  settleEntitlement,
  turnOfStep,
} from '../entitlements/lifecycle/settling';

/** A step that one worker, and no other, may work on until the lease ends. */
export interface Claim {
  /** Proof of the lease; new for each claim. */
  token: string;
  step: StepRow;
  entitlement: EntitlementRow;
}

/** Raised to give a transaction up without a trace. */
class GivenUp extends Error {}

/**
 * Hands out steps to workers of all replicas: those whose needs are met and
 * whose locks are free, the entitlements in turn, whatever their size.
 */
export class StepQueue {
  readonly #knex: Knex;
  readonly #lifecycle: LifecycleDeps;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #leaseMs: number;

  constructor(options: {
    knex: Knex;
    lifecycle: LifecycleDeps;
    clock: () => Date;
    newId: () => string;
    leaseSeconds: number;
  }) {
    this.#knex = options.knex;
    this.#lifecycle = options.lifecycle;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#leaseMs = options.leaseSeconds * 1000;
  }

  /**
   * Claims up to so many steps.
   *
   * @returns the claims, and what changed on the way, because a worker had died
   * on a step that is not to be applied any more
   */
  async claim(
    limit: number,
  ): Promise<{ claims: Claim[]; turned: EntitlementChange[] }> {
    const claims: Claim[] = [];
    const turned: EntitlementChange[] = [];
    const seen = new Set<string>();
    while (claims.length < limit) {
      // Some of the candidates may exclude each other by their locks, or go to
      // another replica: a few more than are wanted, and another look.
      const candidates = (
        await readySteps(this.#knex, {
          now: this.#clock().toISOString(),
          limit: limit + seen.size + 4,
        })
      ).filter(step => !seen.has(step.id));
      if (candidates.length === 0) break;
      for (const candidate of candidates) {
        if (claims.length >= limit) break;
        seen.add(candidate.id);
        // Steps may name thousands of columns each.
        await nextTurn();
        const result = await this.#take(candidate);
        if (result?.type === 'claimed') claims.push(result.claim);
        if (result?.type === 'turned') turned.push(result);
      }
    }
    return { claims, turned };
  }

  /**
   * Extends the lease of a slow call.
   *
   * @returns false where the lease has gone to another worker
   */
  async extend(claim: Claim): Promise<boolean> {
    const leaseUntil = this.#leaseEnd();
    const lease = { id: claim.step.id, token: claim.token };
    return this.#knex.transaction(tx => extendLease(tx, lease, leaseUntil));
  }

  #leaseEnd(): string {
    return new Date(this.#clock().getTime() + this.#leaseMs).toISOString();
  }

  async #take(candidate: {
    id: string;
    entitlement_id: string;
  }): Promise<
    | { type: 'claimed'; claim: Claim }
    | ({ type: 'turned' } & EntitlementChange)
    | undefined
  > {
    try {
      return await this.#knex.transaction(async tx => {
        const locked = await lockDueStep(
          tx,
          candidate,
          this.#clock().toISOString(),
        );
        if (!locked) throw new GivenUp();
        const { entitlement, step } = locked;
        if (entitlement.state === 'revoking' && step.direction === 'apply') {
          await this.#write(tx, step, turnOfStep(this.#lifecycle, step));
          await releaseLocks(tx, step.lease_owner);
          return {
            type: 'turned' as const,
            before: entitlement,
            after: await settleEntitlement(this.#lifecycle, tx, entitlement),
          };
        }
        if (!takesStep(entitlement, step)) throw new GivenUp();
        return {
          type: 'claimed' as const,
          claim: await this.#lease(tx, entitlement, step),
        };
      });
    } catch (error) {
      if (error instanceof GivenUp) return undefined;
      throw error;
    }
  }

  async #lease(
    tx: Knex.Transaction,
    entitlement: EntitlementRow,
    step: StepRow,
  ): Promise<Claim> {
    const token = this.#newId();
    const leaseUntil = this.#leaseEnd();
    const now = this.#clock().toISOString();
    const changes: Partial<StepRow> = {
      state: 'running',
      attempts: step.attempts + 1,
      lease_owner: token,
      lease_until: leaseUntil,
      next_attempt_at: null,
      started_at: step.started_at ?? now,
    };
    await this.#write(tx, step, changes);
    if (!(await takeLocks(tx, step, { token, until: leaseUntil, now }))) {
      throw new GivenUp();
    }
    await noteServed(tx, entitlement.id);
    return { token, step: { ...step, ...changes }, entitlement };
  }

  /** Changes a step if nobody has changed it since it was read. */
  async #write(
    tx: Knex.Transaction,
    step: StepRow,
    changes: Partial<StepRow>,
  ): Promise<void> {
    if (!(await updateSeenStep(tx, step, changes))) throw new GivenUp();
  }
}

/**
 * Whether the step is one that the entitlement, as it is now, is to be worked
 * on by: it may have changed since the candidates were looked for.
 */
function takesStep(
  { state, change_state }: EntitlementRow,
  { direction, leaving }: StepRow,
): boolean {
  switch (state) {
    case 'provisioning':
      return direction === 'apply' && !leaving;
    case 'revoking':
      return direction === 'undo';
    case 'active':
      return direction === 'apply'
        ? change_state === 'applying' && !leaving
        : change_state === 'removing';
    default:
      return false;
  }
}
