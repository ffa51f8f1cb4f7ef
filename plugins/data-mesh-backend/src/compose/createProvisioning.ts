import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import type { MoveEntitlement } from '../drift/Repairer';
import type { EntitlementIntake } from '../entitlements/lifecycle/EntitlementIntake';
import type { LifecycleDeps } from '../entitlements/lifecycle/LifecycleDeps';
import { lockEntitlement } from '../entitlements/lifecycle/lockEntitlement';
import type {
  EntitlementDeps,
  RequestsAbout,
} from '../entitlements/EntitlementDeps';
import type { EntitlementAccess } from '../entitlements/guard/EntitlementAccess';
import { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import { endExpired } from '../entitlements/lifecycle/endExpired';
import { ReadinessChecks } from '../entitlements/use/ReadinessChecks';
import { storedEntitlementIntake } from '../entitlements/lifecycle/storedEntitlementIntake';
import { AccessPlanner } from '../provisioners/AccessPlanner';
import {
  announceChange,
  announceReadiness,
} from '../entitlements/lifecycle/announceChange';
import type { EntitlementChange } from '../entitlements/lifecycle/EntitlementChange';
import type { Tell } from '../events';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { ProvisioningWorker } from '../provisioning/ProvisioningWorker';
import { StepJournal } from '../provisioning/StepJournal';
import { StepQueue } from '../provisioning/StepQueue';
import { systemTimers, type Timers } from '../provisioning/Timers';
import {
  defaultWorkerConfig,
  type WorkerConfig,
} from '../provisioning/workerConfig';
import { MeasuredJournal, type Telemetry } from '../telemetry';

/** What provisioning needs from its surroundings. */
export interface ProvisioningOptions {
  /** Its tables are there already. */
  knex: Knex;
  logger: LoggerService;
  audit: AuditLog;
  provisioners: ProvisionerRegistry;
  events: Tell;
  access: EntitlementAccess;
  requests: RequestsAbout;
  telemetry?: Pick<Telemetry, 'steps'>;
  config?: WorkerConfig;
  clock?: () => Date;
  newId?: () => string;
  random?: () => number;
  timers?: Timers;
}

/** Entitlements from approval to their end. */
export interface Provisioning {
  intake: EntitlementIntake;
  /** What people's actions on entitlements take. */
  entitlements: EntitlementDeps;
  readiness: ReadinessChecks;
  /** Reads without permissions, for requests and the use of products. */
  reader: EntitlementStore;
  /** Moves an entitlement as was decided elsewhere, and tells of it. */
  move: MoveEntitlement;
  /** Begins to end what is over. */
  expire(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** For tests: works until there is nothing to do at the time of the clock. */
  runUntilIdle(): Promise<void>;
}

/** Puts the parts together. Nothing runs before `start`. */
export function createProvisioning(options: ProvisioningOptions): Provisioning {
  const { knex, logger, audit, provisioners, access, events } = options;
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const config = options.config ?? defaultWorkerConfig;

  const announce = (change: EntitlementChange) =>
    announceChange(events, change);
  const touched = (entitlementId: string) =>
    events.emit('entitlementTouched', { entitlementId });
  const store = new EntitlementStore(knex);
  const lifecycle: LifecycleDeps = { audit, clock, newId };
  const queue = new StepQueue({
    knex,
    lifecycle,
    clock,
    newId,
    leaseSeconds: config.leaseSeconds,
  });
  const meter = options.telemetry?.steps;
  const journaling = { knex, audit, lifecycle, clock };
  const journal = meter
    ? new MeasuredJournal(journaling, meter)
    : new StepJournal(journaling);
  const endOver = () =>
    endExpired({
      knex,
      store,
      lifecycle,
      logger,
      changed: announce,
    });
  const readiness = new ReadinessChecks({
    knex,
    store,
    provisioners,
    access,
    clock,
    logger,
    checked: (row, found) => announceReadiness(events, row, found),
  });
  const worker = new ProvisioningWorker({
    queue,
    journal,
    provisioners,
    config,
    logger,
    clock,
    timers: options.timers ?? systemTimers,
    random: options.random ?? Math.random,
    ...(meter && { attempt: (claim, work) => meter.attempt(claim, work) }),
    expire: async () => {
      readiness.wake();
      await endOver();
    },
    changed: change => {
      announce(change);
      if (change.after.readiness_due_at !== null) readiness.wake();
    },
  });
  const entitlements: EntitlementDeps = {
    ...lifecycle,
    knex,
    store,
    provisioners,
    planner: new AccessPlanner(),
    access,
    requests: options.requests,
    changed: change => {
      announce(change);
      worker.wake();
    },
  };

  return {
    intake: storedEntitlementIntake(lifecycle, changedId => {
      if (changedId) touched(changedId);
      worker.wake();
    }),
    entitlements,
    readiness,
    reader: store,
    move: async (id, move) => {
      const change = await knex.transaction(async tx => {
        const before = await lockEntitlement(tx, id);
        return { before, after: await move(tx, before, lifecycle) };
      });
      announce(change);
      worker.wake();
    },
    expire: async () => {
      await endOver();
      worker.wake();
    },
    start: () => {
      readiness.start();
      worker.start();
    },
    stop: async () => {
      await Promise.all([readiness.stop(), worker.stop()]);
    },
    runUntilIdle: () => worker.runUntilIdle(),
  };
}
