import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  isInForce,
  type Readiness,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementDeps } from '../EntitlementDeps';
import type { Caller } from '../../identity/Caller';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../../provisioners/ProvisionerFailure';
import { accessInForce } from './accessInForce';
import { phaseInWords } from '../guard/entitlementActions';
import { progressOf } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { stayingSteps } from '../../store/steps/steps';
import { readableEntitlement } from '../guard/entitlementGuard';

const CHECK_MS = 60_000;
/** When another replica looks, should this one die meanwhile. */
const TAKEN_MS = 5 * 60_000;

/** What looking whether principals can query takes. */
export interface ReadinessDeps
  extends Pick<
    EntitlementDeps,
    'access' | 'clock' | 'knex' | 'provisioners' | 'store'
  > {
  logger: LoggerService;
  /** Told of each check that was made because it was due. */
  checked(row: EntitlementRow, readiness: Readiness): void;
}

/**
 * Says whether principals can really query: once after each activation and
 * change, and whenever somebody asks. Looks only.
 */
export class ReadinessChecks {
  readonly #deps: ReadinessDeps;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #isStarted = false;

  constructor(deps: ReadinessDeps) {
    this.#deps = deps;
  }

  /**
   * Looks now.
   *
   * @throws NotFoundError, NotAllowedError
   * @throws ConflictError where it is not in force
   * @throws ServiceUnavailableError where the system does not answer
   */
  async check(caller: Caller, id: string): Promise<Readiness> {
    const row = await readableEntitlement(this.#deps, caller, id);
    if (!isInForce(progressOf(row))) {
      throw new ConflictError(
        `Entitlement ${id} is ${phaseInWords(
          progressOf(row),
        )}: whether its principal can query is looked at while it is in force`,
      );
    }
    try {
      const readiness = await this.#look(row);
      await this.#deps.store.setReadiness(id, readiness);
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
        this.#deps.logger.warn('Readiness could not be looked at', error);
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
        if (this.#deps.provisioners.find(row.port_type)?.readiness) {
          readiness = await this.#look(row);
        }
      } catch (error) {
        if (this.#stopping.signal.aborted) return;
        this.#deps.logger.warn(
          `Whether entitlement ${row.id} can be queried could not be looked at`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
      if (readiness) await this.#deps.store.setReadiness(row.id, readiness);
      // A change meanwhile has made it due again: that stays.
      await this.#deps
        .knex<EntitlementRow>('entitlements')
        .where({ id: row.id, readiness_due_at: row.readiness_due_at })
        .update({ readiness_due_at: null });
      if (readiness) this.#deps.checked(row, readiness);
    }
  }

  async #look(row: EntitlementRow): Promise<Readiness> {
    const provisioner = this.#deps.provisioners.find(row.port_type);
    const checkedAt = this.#deps.clock().toISOString();
    if (!provisioner?.readiness) {
      return { ready: 'unknown', checks: [], checkedAt };
    }
    const { readiness } = provisioner;
    const steps = await stayingSteps(this.#deps.knex, row.id);
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
    const now = this.#deps.clock();
    for (;;) {
      const row = await this.#deps
        .knex<EntitlementRow>('entitlements')
        .where('readiness_due_at', '<=', now.toISOString())
        .where({ state: 'active' })
        .orderBy('readiness_due_at')
        .first();
      if (!row) return undefined;
      const until = new Date(now.getTime() + TAKEN_MS).toISOString();
      const taken = await this.#deps
        .knex<EntitlementRow>('entitlements')
        .where({ id: row.id, readiness_due_at: row.readiness_due_at })
        .update({ readiness_due_at: until });
      if (taken === 1) return { ...row, readiness_due_at: until };
    }
  }
}
