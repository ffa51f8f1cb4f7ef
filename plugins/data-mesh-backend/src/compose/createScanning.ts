import { randomUUID } from 'node:crypto';
import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { EntitlementDeps } from '../entitlements/EntitlementDeps';
import type { Knex } from 'knex';
import { AccessQuestions, SubjectFinder, type SubjectDeps } from '../answers';
import type { AuditLog } from '../audit/AuditLog';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { AccountAliases } from '../config/readAccountAliases';
import { AutomaticRepairer } from '../drift/AutomaticRepairer';
import type { DriftDeps, ReconcileDeps } from '../drift/DriftDeps';
import type { JudgeDeps } from '../drift/JudgedScan';
import { NewsCollector } from '../drift/NewsCollector';
import { beginDueReapplications } from '../drift/reconcile';
import { Repairer, type MoveEntitlement } from '../drift/Repairer';
import type { TablePowers } from '../drift/TablePowers';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import { noteResidueGone } from '../entitlements/lifecycle/ending';
import { EntitlementRefresher } from '../drift/EntitlementRefresher';
import { GrantExplainer } from '../grants/GrantExplainer';
import { GrantsExplorer } from '../grants/GrantsExplorer';
import { StepGroups } from '../grants/StepGroups';
import type { MeshEvents } from '../events';
import type { People, ProductPowers } from '../people';
import type { Places } from '../places';
import type { EntitlementResource, ResourceAuthorizer } from '../permissions';
import type { PrincipalDirectory } from '../principals/PrincipalDirectory';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { systemTimers, type Timers } from '../provisioning/Timers';
import type { GrantSight } from '../sight';
import { defaultScanConfig, type ScanConfig } from '../config/scanConfig';
import { Scanner } from '../scans/Scanner';
import { ScanRunner } from '../scans/ScanRunner';
import type { ScanOutcome } from '../events';
import type { ProductGrantsDeps } from '../scans/grantsOfProduct';
import { ScanService } from '../scans/ScanService';
import type { LeaseDeps } from '../scans/leases';
import { takeDriftNews } from '../store/drift/driftItems';
import { traceScans, type Telemetry } from '../telemetry';

/** What scanning needs from its surroundings. */
export interface ScanningOptions {
  /** Its tables are there already. */
  knex: Knex;
  logger: LoggerService;
  audit: AuditLog;
  provisioners: ProvisionerRegistry;
  catalog: Pick<
    MeshCatalog,
    'products' | 'findProduct' | 'actingAs' | 'visible' | 'principalAnnotations'
  >;
  people: Pick<People, 'membersOf' | 'refsOf'>;
  principals: Pick<PrincipalDirectory, 'describe' | 'availableTo'>;
  searchPeople: SubjectDeps['searchPeople'];
  credentials: SubjectDeps['credentials'];
  permissions: PermissionsService;
  authorizer: Pick<ResourceAuthorizer<EntitlementResource>, 'readFilter'>;
  sight: Pick<GrantSight, 'of'>;
  entitlements: EntitlementDeps;
  store: EntitlementStore;
  move: MoveEntitlement;
  events: Pick<MeshEvents, 'emit' | 'on'>;
  powers: ProductPowers;
  tablePowers: Pick<TablePowers, 'over'>;
  places: Pick<Places, 'book'>;
  aliases?: AccountAliases;
  telemetry?: Pick<Telemetry, 'tracing'>;
  config?: ScanConfig;
  clock?: () => Date;
  newId?: () => string;
  timers?: Timers;
}

/** What systems hold, why, and what to do where that differs. */
export interface Scanning {
  explorer: GrantsExplorer;
  subjects: SubjectFinder;
  questions: AccessQuestions;
  drift: DriftDeps;
  /** What is held on products now. */
  productGrants: ProductGrantsDeps;
  scans: ScanService;
  scanner: Scanner;
  refresher: EntitlementRefresher;
  /** Takes up what was asked for, left behind, or is due by now. */
  upkeep(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Puts the parts together. Nothing runs by itself. */
export function createScanning(options: ScanningOptions): Scanning {
  const { knex, logger, audit, provisioners, catalog, permissions } = options;
  const { events, powers } = options;
  const clock = options.clock ?? (() => new Date());
  const newId = options.newId ?? randomUUID;
  const config = options.config ?? defaultScanConfig;
  const timers = options.timers ?? systemTimers;
  const aliases: AccountAliases = options.aliases ?? new Map();

  const groups = new StepGroups({ knex, provisioners });
  const explainer = new GrantExplainer({ knex, groups, clock });
  const judging: JudgeDeps = {
    knex,
    store: options.store,
    clock,
    checksPerScan: config.checksPerScan,
    logger,
    healthChanged: entitlementId =>
      events.emit('entitlementTouched', { entitlementId }),
    residueIsGone: id =>
      options.move(id, (tx, row, lifecycle) =>
        noteResidueGone(lifecycle, tx, row),
      ),
  };
  const repairer = new Repairer({
    knex,
    audit,
    clock,
    newId,
    provisioners,
    groups,
    explainer,
    judging,
    move: options.move,
  });
  const reconciling: ReconcileDeps = {
    knex,
    entitlements: options.entitlements,
    repairer,
    permissions,
    powers,
    clock,
    perMinute: config.reapplyPerMinute,
    logger,
  };
  const automatic = new AutomaticRepairer({
    knex,
    repairer,
    reconciling,
    audit,
    config,
    logger,
    clock,
  });
  const leases: LeaseDeps = {
    knex,
    clock,
    newId,
    leaseSeconds: config.leaseSeconds,
  };

  /** Told, then repaired: people read about drift also where it is mended. */
  const ended = async (outcome: ScanOutcome): Promise<void> => {
    events.emit('scanEnded', outcome);
    if (outcome.state !== 'done') return;
    const collector = new NewsCollector(knex);
    for await (const rows of takeDriftNews(knex, clock()))
      await collector.add(rows);
    const news = await collector.finish(ref => catalog.findProduct(ref));
    events.emit('driftFound', news);
    const held = await automatic.repair(outcome.claim.target.id);
    events.emit('repairsHeld', held);
  };

  const runner = new ScanRunner({
    ...leases,
    audit,
    provisioners,
    groups,
    explainer,
    judging,
    config,
    timers,
    logger,
  });
  const scanner = new Scanner({
    knex,
    leases,
    runner: options.telemetry
      ? traceScans(runner, options.telemetry.tracing)
      : runner,
    provisioners,
    catalog,
    logger,
    ended,
  });
  const refresher = new EntitlementRefresher({
    knex,
    clock,
    provisioners,
    groups,
    explainer,
    judging,
    logger,
  });
  events.on('entitlementTouched', ({ entitlementId }) =>
    refresher.touch(entitlementId),
  );

  const explorer = new GrantsExplorer({
    knex,
    chain: { knex, catalog, people: options.people, provisioners },
    principals: options.principals,
    aliases,
    permissions,
    sight: options.sight,
  });
  const subjects = new SubjectFinder({ ...options, aliases, explorer });

  return {
    explorer,
    subjects,
    questions: new AccessQuestions({
      knex,
      provisioners,
      permissions,
      sight: options.sight,
      subjects,
      clock,
    }),
    drift: {
      ...reconciling,
      tables: options.tablePowers,
      sight: options.sight,
      authorizer: options.authorizer,
    },
    productGrants: {
      ...leases,
      provisioners,
      groups,
      explainer,
      judging,
      entitlements: options.store,
      config,
      permissions,
      catalog,
      sight: options.sight,
    },
    scans: new ScanService({
      knex,
      leases,
      scanner,
      audit,
      permissions,
      governance: powers.governance,
      places: options.places,
      aliases,
      frequency: config.frequency,
    }),
    scanner,
    refresher,
    upkeep: async signal => {
      await scanner.upkeep(signal);
      await beginDueReapplications(reconciling);
    },
    stop: async () => {
      await scanner.stop();
      await refresher.stop();
    },
  };
}
