import { randomUUID } from 'node:crypto';
import type {
  AuditorService,
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type {
  AuditState,
  CheckpointKey,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { AuditConfig } from './auditConfig';
import { auditorDestination } from './auditorDestination';
import { checkpointBucket, s3PutObject } from './checkpointBucket';
import { checkpointFile, lastCheckpointOf } from './checkpointFile';
import { Checkpointer } from './Checkpointer';
import { DatabaseAuditLog } from './DatabaseAuditLog';
import { TrailChecks } from './TrailChecks';
import { TrailForwarder, type TrailDestination } from './TrailForwarder';
import { trailState } from './trailState';

/** The audit trail, and what passes it on. */
export interface Auditing {
  log: DatabaseAuditLog;
  checkpointer: Checkpointer;
  /** Keys that checkpoints are signed with. */
  keys: readonly CheckpointKey[];
  /** Checks of the whole trail, in the background. */
  checks: TrailChecks;
  state(): Promise<AuditState>;
  /** Passes on what nobody has yet. */
  forward(): Promise<void>;
  /** From now on, passes on what is appended as soon as it is committed. */
  start(): void;
  stop(): Promise<void>;
}

/** Makes the parts of the audit trail. */
export function createAuditing(options: {
  knex: Knex;
  auditor: AuditorService;
  logger: LoggerService;
  rootConfig: Config;
  config: AuditConfig;
  clock: () => Date;
}): Auditing {
  const { knex, auditor, logger, clock } = options;
  const { signingKey, file, s3 } = options.config.checkpoints;
  const destinations: TrailDestination[] = [
    auditorDestination(auditor),
    ...(file ? [checkpointFile(file)] : []),
    ...(s3 ? [checkpointBucket(s3, s3PutObject(options.rootConfig, s3))] : []),
  ];
  const forwarders = destinations.map(
    destination =>
      new TrailForwarder({
        knex,
        destination,
        logger,
        clock,
        newId: randomUUID,
      }),
  );
  const forward = async () => {
    await Promise.all(forwarders.map(forwarder => forwarder.forward()));
  };
  let isStarted = false;
  const log = new DatabaseAuditLog({
    db: knex,
    now: clock,
    // Errors are logged by the forwarder; the schedule tries again.
    appended: () => {
      if (isStarted) void forward();
    },
  });
  const keys = signingKey ? [signingKey] : [];
  const checks = new TrailChecks({ knex, keys, clock, logger });
  return {
    log,
    checks,
    state: () =>
      trailState({ knex, checks, checkpoints: options.config.checkpoints }),
    checkpointer: new Checkpointer({
      knex,
      audit: log,
      key: signingKey,
      clock,
      logger,
      ...(file && { outside: () => lastCheckpointOf(file) }),
    }),
    keys,
    forward,
    start: () => {
      isStarted = true;
      void forward();
    },
    stop: async () => {
      isStarted = false;
      await checks.stop();
      await Promise.all(forwarders.map(forwarder => forwarder.stop()));
    },
  };
}

/** Has checkpoints taken, and what was left behind passed on. */
export async function scheduleAuditing(
  scheduler: SchedulerService,
  auditing: Auditing,
  { checkpoints }: AuditConfig,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'data-mesh-audit-forward',
    scope: 'global',
    frequency: { minutes: 1 },
    timeout: { minutes: 30 },
    initialDelay: { seconds: 30 },
    fn: () => auditing.forward(),
  });
  await scheduler.scheduleTask({
    id: 'data-mesh-audit-checkpoint',
    scope: 'global',
    frequency: checkpoints.frequency,
    timeout: { minutes: 30 },
    initialDelay: { seconds: 90 },
    fn: async () => {
      await auditing.checkpointer.take();
    },
  });
}
