import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  isInForce,
  type Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../../identity/Caller';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../../provisioners/ProvisionerRegistry';
import { accessInForce } from './accessInForce';
import { phaseInWords } from '../guard/entitlementActions';
import type { EntitlementGuard } from '../guard/EntitlementGuard';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import type { EntitlementStore } from '../reading/EntitlementStore';
import { stayingSteps } from '../../store/steps/steps';

const CHECK_MS = 60_000;
/** When another replica looks, should this one die meanwhile. */
const TAKEN_MS = 5 * 60_000;

/**
 * Says whether principals can really query: once after each activation and
 * change, and whenever somebody asks. Looks only.
 */
export class ReadinessService {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #guard: EntitlementGuard;
  readonly #provisioners: ProvisionerRegistry;
  readonly #clock: () => Date;
  readonly #logger: LoggerService;
  readonly #checked: (row: EntitlementRow, readiness: Readiness) => void;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #isStarted = false;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    guard: EntitlementGuard;
    provisioners: ProvisionerRegistry;
    clock: () => Date;
    logger: LoggerService;
    /** Told of each check that was made because it was due. */
    checked(row: EntitlementRow, readiness: Readiness): void;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#guard = options.guard;
    this.#provisioners = options.provisioners;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#checked = (row, readiness) => options.checked(row, readiness);
  }

  /**
   * Looks now.
   *
   * @throws NotFoundError, NotAllowedError
   * @throws ConflictError where it is not in force
   * @throws ServiceUnavailableError where the system does not answer
   */
  async check(caller: Caller, id: string): Promise<Readiness> {
    const row = await this.#guard.readable(caller, id);
    if (!isInForce(progressOf(row))) {
      throw new ConflictError(
        `Entitlement ${id} is ${phaseInWords(
          progressOf(row),
        )}: whether its principal can query is looked at while it is in force`,
      );
    }
    try {
      const readiness = await this.#look(row);
      await this.#store.setReadiness(id, readiness);
      return readiness;
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      const { code, message } = error.details;
      throw new ServiceUnavailableError(
        `Whether it can be queried cannot be seen now: ${code}: ${message}`,
        error,
      );
    }
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Looks at what is due, beside the work that is under way. */
  wake(): void {
    if (!this.#isStarted || this.#running) return;
    this.#running = this.runDue()
      .catch(error => {
        this.#logger.warn('Readiness could not be looked at', error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async stop(): Promise<void> {
    this.#isStarted = false;
    this.#stopping.abort(new Error('The backend is shutting down'));
    await this.#running;
  }

  /** Looks at all that is due, one after the other. */
  async runDue(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const row = await this.#take();
      if (!row) return;
      let readiness: Readiness | undefined;
      try {
        if (this.#provisioners.find(row.port_type)?.readiness) {
          readiness = await this.#look(row);
        }
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#logger.warn(
          `Whether entitlement ${row.id} can be queried could not be looked at`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
      if (readiness) await this.#store.setReadiness(row.id, readiness);
      // A change meanwhile has made it due again: that stays.
      await this.#knex<EntitlementRow>('entitlements')
        .where({ id: row.id, readiness_due_at: row.readiness_due_at })
        .update({ readiness_due_at: null });
      if (readiness) this.#checked(row, readiness);
    }
  }

  async #look(row: EntitlementRow): Promise<Readiness> {
    const provisioner = this.#provisioners.find(row.port_type);
    const checkedAt = this.#clock().toISOString();
    if (!provisioner?.readiness) {
      return { ready: 'unknown', checks: [], checkedAt };
    }
    const { readiness } = provisioner;
    const steps = await stayingSteps(this.#knex, row.id);
    const found = await callProvisioner(provisioner, () =>
      readiness.check(accessInForce(row, steps), {
        signal: AbortSignal.any([
          this.#stopping.signal,
          AbortSignal.timeout(CHECK_MS),
        ]),
      }),
    );
    return { ...found, checkedAt };
  }

  /** Takes one that is due, so that no other replica looks at it as well. */
  async #take(): Promise<EntitlementRow | undefined> {
    const now = this.#clock();
    for (;;) {
      const row = await this.#knex<EntitlementRow>('entitlements')
        .where('readiness_due_at', '<=', now.toISOString())
        .where({ state: 'active' })
        .orderBy('readiness_due_at')
        .first();
      if (!row) return undefined;
      const until = new Date(now.getTime() + TAKEN_MS).toISOString();
      const taken = await this.#knex<EntitlementRow>('entitlements')
        .where({ id: row.id, readiness_due_at: row.readiness_due_at })
        .update({ readiness_due_at: until });
      if (taken === 1) return { ...row, readiness_due_at: until };
    }
  }
}
