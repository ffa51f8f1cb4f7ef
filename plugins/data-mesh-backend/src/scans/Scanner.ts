import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import {
  liveEntitlementStates,
  type OutputPort,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { PortIndex, type IndexedProduct } from '../grants/PortIndex';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { EntitlementRow } from '../store/tables';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { planStepOf } from '../store/steps/StepRow';
import { ShutdownError, type ScanRunner } from './ScanRunner';
import type { ScanOutcome } from '../events';
import type { ScanClaim } from '../store/scans/ScanRow';
import { claimTarget, type LeaseDeps } from './leases';
import {
  beginPass,
  requestScans,
  syncTargets,
  targetsInUse,
  waitingTargets,
} from '../store/scans/scanTargets';
import { heldSteps } from '../store/steps/steps';

/** Told of each scan of this replica that has come to an end. */
export type ScanListener = (outcome: ScanOutcome) => Promise<void>;

/** Finds out what is to be scanned, and scans it, one target at a time. */
export class Scanner {
  readonly #knex: Knex;
  readonly #leases: LeaseDeps;
  readonly #runner: Pick<ScanRunner, 'run' | 'release'>;
  readonly #provisioners: ProvisionerRegistry;
  readonly #catalog: Pick<MeshCatalog, 'products'>;
  readonly #logger: LoggerService;
  readonly #ended: ScanListener;
  readonly #shutdown = new AbortController();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: {
    knex: Knex;
    leases: LeaseDeps;
    runner: Pick<ScanRunner, 'run' | 'release'>;
    provisioners: ProvisionerRegistry;
    catalog: Pick<MeshCatalog, 'products'>;
    logger: LoggerService;
    ended: ScanListener;
  }) {
    this.#knex = options.knex;
    this.#leases = options.leases;
    this.#runner = options.runner;
    this.#provisioners = options.provisioners;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
    this.#ended = options.ended;
  }

  /** Scans all targets. What fails in one does not keep the others. */
  async pass(signal?: AbortSignal): Promise<void> {
    await beginPass(this.#knex, this.#leases.clock());
    const ports = await this.discover();
    for (const { id } of await targetsInUse(this.#knex)) {
      if (signal?.aborted || this.#shutdown.signal.aborted) return;
      const claim = await claimTarget(this.#leases, id, SYSTEM_ACTOR);
      if (claim) await this.#run(claim, ports, signal);
    }
  }

  /**
   * Scans what somebody asked for and nobody has begun, and what a dead replica
   * has left. Ends when the scans of this replica have.
   */
  async upkeep(signal?: AbortSignal): Promise<void> {
    const waiting = await waitingTargets(this.#knex, this.#leases.clock());
    if (waiting.length > 0) {
      const ports = await this.#products();
      for (const { id } of waiting) {
        if (signal?.aborted || this.#shutdown.signal.aborted) return;
        const claim = await claimTarget(this.#leases, id, SYSTEM_ACTOR);
        if (claim) await this.#run(claim, ports, signal);
      }
    }
    await this.idle();
  }

  /**
   * Begins to scan targets, one after the other, and does not wait for it. The
   * first is begun when this returns.
   */
  async begin(targetIds: readonly string[], actorRef: string): Promise<void> {
    await requestScans(this.#knex, targetIds, actorRef, this.#leases.clock());
    const [first, ...others] = targetIds;
    if (first === undefined) return;
    const claim = await claimTarget(this.#leases, first, actorRef);
    this.#inBackground(async () => {
      const ports = await this.#products();
      if (claim) await this.#run(claim, ports);
      for (const id of others) {
        if (this.#shutdown.signal.aborted) return;
        const next = await claimTarget(this.#leases, id, actorRef);
        if (next) await this.#run(next, ports);
      }
    });
  }

  /** Applies a halted scan, as a person wants it. */
  async release(claim: ScanClaim): Promise<void> {
    const outcome = await this.#runner.release(
      claim,
      await this.#products(),
      this.#shutdown.signal,
    );
    if (outcome) await this.#ended(outcome);
  }

  /** Takes over which targets there are now. */
  async discover(): Promise<PortIndex | undefined> {
    const products = await this.#readProducts();
    const given = await this.#given();
    for (const { portType, scanner } of this.#provisioners.list()) {
      if (!scanner) continue;
      // Without the catalog, what was known of it goes on being scanned.
      if (!products) continue;
      const ports = [
        ...products.flatMap(product => product.ports),
        ...(given.ports.get(portType) ?? []),
      ].filter(port => port.type === portType);
      const targets = scanner.targets(ports, given.steps.get(portType) ?? []);
      await syncTargets(this.#knex, portType, targets, this.#leases.clock());
    }
    return products && new PortIndex(products);
  }

  /** Waits for what this replica has begun. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all([...this.#running]);
    }
  }

  async stop(): Promise<void> {
    this.#shutdown.abort(new ShutdownError());
    await this.idle();
  }

  async #run(
    claim: ScanClaim,
    ports: PortIndex | undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const stop = this.#shutdown.signal;
    const running = this.#runner.run(
      claim,
      ports,
      signal ? AbortSignal.any([signal, stop]) : stop,
    );
    const tracked = running.then(
      () => {},
      () => {},
    );
    this.#running.add(tracked);
    try {
      const outcome = await running;
      if (outcome) await this.#ended(outcome);
    } catch (error) {
      this.#logger.error(
        `The scan of ${claim.target.id} could not be recorded; it is begun anew when its lease ends`,
        error instanceof Error ? error : new Error(String(error)),
      );
    } finally {
      this.#running.delete(tracked);
    }
  }

  #inBackground(work: () => Promise<void>): void {
    const running = work().catch(error =>
      this.#logger.error(
        'Scans that were asked for could not be begun; they are taken up again',
        error instanceof Error ? error : new Error(String(error)),
      ),
    );
    this.#running.add(running);
    running.finally(() => this.#running.delete(running));
  }

  async #products(): Promise<PortIndex | undefined> {
    const products = await this.#readProducts();
    return products && new PortIndex(products);
  }

  async #readProducts(): Promise<IndexedProduct[] | undefined> {
    try {
      return await this.#catalog.products();
    } catch (error) {
      this.#logger.warn(
        'The catalog cannot be asked for products now; the scan goes by what is known',
        error instanceof Error ? error : new Error(String(error)),
      );
      return undefined;
    }
  }

  /** Ports and steps of what was given away, by port type. */
  async #given(): Promise<{
    ports: Map<string, OutputPort[]>;
    steps: Map<string, PlanStep[]>;
  }> {
    const ports = new Map<string, OutputPort[]>();
    const steps = new Map<string, PlanStep[]>();
    const add = <T>(map: Map<string, T[]>, type: string, one: T) =>
      map.set(type, [...(map.get(type) ?? []), one]);
    const given: Array<Pick<EntitlementRow, 'port_type' | 'port_snapshot'>> =
      await this.#knex('entitlements')
        .whereIn('state', [...liveEntitlementStates])
        .distinct('port_type', 'port_snapshot');
    for (const row of given) {
      add(ports, row.port_type, JSON.parse(row.port_snapshot) as OutputPort);
    }
    for await (const row of heldSteps(this.#knex)) {
      const list = steps.get(row.port_type) ?? [];
      list.push(planStepOf(row));
      steps.set(row.port_type, list);
    }
    return { ports, steps };
  }
}
