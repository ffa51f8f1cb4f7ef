import type { LoggerService } from '@backstage/backend-plugin-api';
import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementChange } from '../entitlements/lifecycle/EntitlementChange';
import { applyStep } from './applyStep';
import { backoffMs } from './backoff';
import { LATE_CALL_MS } from './hasUnknownEnd';
import { ProvisionerFailure } from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { LeaseLostError, type StepJournal } from './StepJournal';
import type { Claim, StepQueue } from './StepQueue';
import { baselineOf, planStepOf } from '../store/steps/StepRow';
import type { Timers } from './Timers';
import { undoStep } from './undoStep';
import type { WorkerConfig } from './workerConfig';

/** What a worker needs. */
export interface ProvisioningWorkerOptions {
  queue: StepQueue;
  journal: StepJournal;
  provisioners: ProvisionerRegistry;
  config: WorkerConfig;
  logger: LoggerService;
  clock: () => Date;
  timers: Timers;
  /** Between 0 and 1. */
  random: () => number;
  /** Ends what is over; done with each poll. */
  expire(): Promise<void>;
  /** Makes each attempt at a step, and may measure it. */
  attempt?<T>(claim: Claim, work: () => Promise<T>): Promise<T>;
  /** Told after each change of an entitlement has been committed. */
  changed(change: EntitlementChange): void;
}

/** Makes approved access real, step by step, and takes it away again. */
export class ProvisioningWorker {
  readonly #options: ProvisioningWorkerOptions;
  readonly #running = new Map<string, Promise<void>>();
  readonly #calls = new Set<AbortController>();
  #dispatching: Promise<number> | undefined;
  #wokenMeanwhile = false;
  #state: 'idle' | 'started' | 'stopped' = 'idle';
  #stopPolling: () => void = () => {};

  constructor(options: ProvisioningWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.#state !== 'idle') return;
    this.#state = 'started';
    const { config, timers } = this.#options;
    this.#stopPolling = timers.every(config.pollSeconds * 1000, () =>
      this.#poll(),
    );
    this.#poll();
  }

  /** Looks for work now. */
  wake(): void {
    if (this.#state !== 'started') return;
    this.#dispatch().catch(error =>
      this.#options.logger.error(
        'The provisioning worker could not look for work; it tries again',
        error,
      ),
    );
  }

  /**
   * Takes no more work and ends calls that are under way. What they leave is
   * looked at and finished by the next worker.
   */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#stopPolling();
    await this.#dispatching?.catch(() => {});
    for (const call of this.#calls) {
      call.abort(new Error('The provisioning worker is shutting down'));
    }
    await Promise.all(this.#running.values());
  }

  /** For tests: works until there is nothing to do at the time of the clock. */
  async runUntilIdle(): Promise<void> {
    for (;;) {
      // What ends while it looks may have made way for what it did not see.
      const wasIdle = this.#running.size === 0;
      const begun = await this.#dispatch();
      if (this.#running.size > 0) await Promise.race(this.#running.values());
      else if (wasIdle && begun === 0) return;
    }
  }

  #poll(): void {
    this.#options.expire().then(
      () => this.wake(),
      error => {
        this.#options.logger.error(
          'Entitlements whose time is over could not be ended; the next poll tries again',
          error,
        );
        this.wake();
      },
    );
  }

  /** One at a time: a call meanwhile makes it look once more. */
  #dispatch(): Promise<number> {
    if (this.#dispatching) {
      this.#wokenMeanwhile = true;
      return this.#dispatching;
    }
    this.#dispatching = this.#fill().finally(() => {
      this.#dispatching = undefined;
      if (this.#wokenMeanwhile) {
        this.#wokenMeanwhile = false;
        this.wake();
      }
    });
    return this.#dispatching;
  }

  async #fill(): Promise<number> {
    let begun = 0;
    for (;;) {
      const free = this.#options.config.concurrency - this.#running.size;
      if (free <= 0 || this.#state === 'stopped') return begun;
      const { claims, turned } = await this.#options.queue.claim(free);
      turned.forEach(change => this.#options.changed(change));
      for (const claim of claims) this.#begin(claim);
      begun += claims.length + turned.length;
      if (claims.length === 0) return begun;
    }
  }

  #begin(claim: Claim): void {
    const work = this.#work(claim)
      .catch(error => {
        if (error instanceof LeaseLostError) {
          this.#options.logger.warn(error.message);
        } else {
          this.#options.logger.error(
            `Step ${claim.step.id} of entitlement ${claim.entitlement.id} could not be recorded; it is taken up again when its lease ends`,
            error,
          );
        }
      })
      .finally(() => {
        this.#running.delete(claim.token);
        this.wake();
      });
    this.#running.set(claim.token, work);
  }

  async #work(claim: Claim): Promise<void> {
    const { queue, timers, config, logger } = this.#options;
    const call = new AbortController();
    this.#calls.add(call);
    const lose = () => call.abort(new LeaseLostError(claim));
    const stopHeart = timers.every((config.leaseSeconds * 1000) / 3, () => {
      queue.extend(claim).then(
        held => held || lose(),
        // Another beat comes before the lease ends.
        error => logger.warn('A lease could not be extended', error),
      );
    });
    try {
      const work = () => this.#attempt(claim, call.signal);
      this.#options.changed(
        await (this.#options.attempt?.(claim, work) ?? work()),
      );
    } finally {
      stopHeart();
      this.#calls.delete(call);
    }
  }

  async #attempt(
    claim: Claim,
    signal: AbortSignal,
  ): Promise<EntitlementChange> {
    const { journal } = this.#options;
    try {
      const provisioner = this.#provisionerOf(claim);
      const step = planStepOf(claim.step);
      const baseline = baselineOf(claim.step);
      if (claim.step.direction === 'apply') {
        const result = await applyStep(provisioner, {
          step,
          baseline,
          signal,
          contributors: () => journal.contributors(claim.step),
          storeBaseline: before => journal.storeBaseline(claim, before),
          endUnknown: () => journal.noteUnknownEnd(claim.step),
        });
        return result.type === 'applied'
          ? await journal.recordApplied(claim, result.outcome)
          : await journal.giveBack(claim);
      }
      const outcome = await undoStep(provisioner, {
        step,
        // Only steps with a baseline are turned around.
        baseline: baseline ?? {},
        signal,
        users: () =>
          journal.users(claim.step, {
            ownStay: claim.entitlement.state === 'active',
          }),
      });
      return (
        (await this.#lookAgain(claim)) ??
        (await journal.recordUndone(claim, outcome))
      );
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      if (signal.reason instanceof LeaseLostError) throw signal.reason;
      if (signal.aborted) return journal.giveBack(claim);
      return this.#recordFailure(claim, error);
    }
  }

  /**
   * Leaves an undone step to be looked at again as long as a call to apply it
   * may still arrive.
   */
  async #lookAgain(claim: Claim): Promise<EntitlementChange | undefined> {
    const { clock, journal } = this.#options;
    const unknownAt = await journal.unknownEndOf(claim.step);
    if (!unknownAt) return undefined;
    const now = clock();
    const again = new Date(unknownAt.getTime() + LATE_CALL_MS);
    if (again <= now) return undefined;
    return journal.recordSetback(
      claim,
      {
        code: 'LooksAgain',
        message:
          'Nothing is left of it now, but a call to apply it ended without an answer and may still arrive; it is looked at again',
        kind: 'transient',
        at: now.toISOString(),
      },
      again,
    );
  }

  #provisionerOf(claim: Claim) {
    const portType = claim.entitlement.port_type;
    const provisioner = this.#options.provisioners.find(portType);
    if (!provisioner) {
      throw new ProvisionerFailure({
        code: 'ProvisionerMissing',
        message: `No provisioner serves ports of type '${portType}'`,
        kind: 'permanent',
        advice: `Install the backend module for '${portType}', then retry`,
      });
    }
    return provisioner;
  }

  async #recordFailure(
    claim: Claim,
    { details }: ProvisionerFailure,
  ): Promise<EntitlementChange> {
    const { clock, config, journal, random, timers } = this.#options;
    const now = clock();
    const error: StepError = { ...details, at: now.toISOString() };
    if (error.kind === 'permanent') return journal.recordFailed(claim, error);
    const { attempts } = claim.step;
    if (attempts >= config.maxAttempts) {
      return journal.recordFailed(claim, {
        ...error,
        message: `${error.message} (given up after ${attempts} attempts)`,
        advice: error.advice ?? 'Retry when the system answers again',
      });
    }
    const delay = backoffMs(config.backoff, attempts, random());
    const change = await journal.recordSetback(
      claim,
      error,
      new Date(now.getTime() + delay),
    );
    if (this.#state === 'started') timers.after(delay, () => this.wake());
    return change;
  }
}
