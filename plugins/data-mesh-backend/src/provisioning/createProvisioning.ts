import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import type { EntitlementIntake } from '../entitlements/EntitlementIntake';
import { EntitlementLifecycle } from '../entitlements/EntitlementLifecycle';
import {
  EntitlementService,
  type EntitlementAccess,
} from '../entitlements/EntitlementService';
import { EntitlementStore } from '../entitlements/EntitlementStore';
import { endExpired } from '../entitlements/endExpired';
import { StoredEntitlementIntake } from '../entitlements/StoredEntitlementIntake';
import { GrantsService, type GrantsAccess } from '../grants/GrantsService';
import { ChangeAnnouncer, type ChangePublisher } from './ChangeAnnouncer';
import type { ProvisionerRegistry } from './ProvisionerRegistry';
import { ProvisioningWorker } from './ProvisioningWorker';
import { StepJournal } from './StepJournal';
import { StepQueue } from './StepQueue';
import { systemTimers, type Timers } from './Timers';
import { defaultWorkerConfig, type WorkerConfig } from './workerConfig';

/** What provisioning needs from its surroundings. */
export interface ProvisioningOptions {
  /** Its tables are there already. */
  knex: Knex;
  logger: LoggerService;
  audit: AuditLog;
  provisioners: ProvisionerRegistry;
  publisher: ChangePublisher;
  access: EntitlementAccess & GrantsAccess;
  config?: WorkerConfig;
  clock?: () => Date;
  newId?: () => string;
  random?: () => number;
  timers?: Timers;
}

/** Entitlements from approval to their end. */
export interface Provisioning {
  intake: EntitlementIntake;
  entitlements: EntitlementService;
  grants: GrantsService;
  /** Reads without permissions, for requests and the use of products. */
  reader: EntitlementStore;
  /** Begins to end what is over. */
  expire(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** For tests: works until there is nothing to do at the time of the clock. */
  runUntilIdle(): Promise<void>;
}

/** Puts the parts together. Nothing runs before `start`. */
export function createProvisioning(options: ProvisioningOptions): Provisioning {
  const { knex, logger, audit, provisioners, access } = options;
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const config = options.config ?? defaultWorkerConfig;

  const announcer = new ChangeAnnouncer({
    publisher: options.publisher,
    logger,
  });
  const store = new EntitlementStore(knex);
  const lifecycle = new EntitlementLifecycle({ audit, clock });
  const queue = new StepQueue({
    knex,
    lifecycle,
    clock,
    newId,
    leaseSeconds: config.leaseSeconds,
  });
  const journal = new StepJournal({ knex, audit, lifecycle, clock });
  const endOver = () =>
    endExpired({
      knex,
      store,
      lifecycle,
      clock,
      logger,
      changed: change => announcer.announce(change),
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
    expire: endOver,
    changed: change => announcer.announce(change),
  });

  return {
    intake: new StoredEntitlementIntake({
      audit,
      clock,
      newId,
      wake: () => worker.wake(),
    }),
    entitlements: new EntitlementService({
      knex,
      store,
      lifecycle,
      journal,
      provisioners,
      access,
      changed: change => {
        announcer.announce(change);
        worker.wake();
      },
    }),
    grants: new GrantsService({
      knex,
      store,
      provisioners,
      access,
      clock,
      healthChanged: id => announcer.announceHealth(id),
    }),
    reader: store,
    expire: async () => {
      await endOver();
      worker.wake();
    },
    start: () => worker.start(),
    stop: () => worker.stop(),
    runUntilIdle: () => worker.runUntilIdle(),
  };
}
