import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { MeshEvents } from '../events';
import { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import type { HeldRepair } from '../events';
import type { NewEntitlement } from '../entitlements/lifecycle/EntitlementIntake';
import type { ObservedGrantRow } from '../store/tables';
import type { DriftNews } from '../events';
import { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { defaultScanConfig, type ScanConfig } from '../config/scanConfig';
import {
  createScanning,
  type Scanning,
  type ScanningOptions,
} from '../compose/createScanning';
import type { ScanOutcome } from '../events';
import { FakeProvisioner } from './FakeProvisioner';
import {
  aCaller,
  anApproval,
  aPort,
  ManualTimers,
  ProvisioningWorld,
  type Replica,
} from './provisioningFixture';
import { Governance, ProductPowers } from '../people';
import { PlaceBook } from '../places';
import { seesAll } from '../sight';
import type { Telemetry } from '../telemetry';

export const ADMIN = aCaller('user:default/gil', ['group:default/governance']);

/** A replica that provisions and scans. */
export interface ScanningReplica extends Scanning {
  replica: Replica;
  provisioner: FakeProvisioner;
  timers: ManualTimers;
  outcomes: ScanOutcome[];
  news: DriftNews[];
  held: HeldRepair[];
}

/** Grants, entitlements and scans of them, on one database. */
export class ScanningWorld {
  readonly provisioning: ProvisioningWorld;
  /** Ports of the product `dataproduct:default/orders`. */
  ports: OutputPort[] = [aPort()];

  constructor(readonly knex: Knex) {
    this.provisioning = new ProvisioningWorld(knex);
  }

  static async on(knex: Knex): Promise<ScanningWorld> {
    await ProvisioningWorld.on(knex);
    return new ScanningWorld(knex);
  }

  get system() {
    return this.provisioning.system;
  }

  get clock() {
    return this.provisioning.clock;
  }

  replica(
    options: {
      config?: Partial<ScanConfig>;
      permissions?: ScanningOptions['permissions'];
      sight?: ScanningOptions['sight'];
      findProduct?: ScanningOptions['catalog']['findProduct'];
      provisioner?: FakeProvisioner;
      /** Hears of what happens on this replica. */
      telemetry?: (events: MeshEvents) => Telemetry;
    } = {},
  ): ScanningReplica {
    const provisioner = options.provisioner ?? new FakeProvisioner(this.system);
    const provisioners = new ProvisionerRegistry();
    provisioners.addProvisioner(provisioner);
    const outcomes: ScanOutcome[] = [];
    const news: DriftNews[] = [];
    const held: HeldRepair[] = [];
    const timers = new ManualTimers();
    const events = new MeshEvents({ logger: mockServices.logger.mock() });
    events.on('scanEnded', outcome => {
      outcomes.push(outcome);
    });
    events.on('driftFound', found => {
      news.push(...found);
    });
    events.on('repairsHeld', found => {
      held.push(...found);
    });
    const telemetry = options.telemetry?.(events);
    const replica = this.provisioning.replica({
      provisioner,
      events,
      telemetry,
    });
    const product = {
      productRef: 'dataproduct:default/orders',
      title: 'Orders',
    };
    const parts = createScanning({
      knex: this.knex,
      logger: mockServices.logger.mock(),
      audit: new DatabaseAuditLog({ db: this.knex, now: this.clock.now }),
      provisioners,
      catalog: {
        products: async () => [{ ...product, ports: this.ports }],
        findProduct: options.findProduct ?? (async () => undefined),
        actingAs: async () => [],
        visible: async refs => [...refs],
        principalAnnotations: async () => [],
      },
      searchPeople: async () => [],
      credentials: async () => mockCredentials.service(),
      people: { membersOf: async () => new Map(), refsOf: async ref => [ref] },
      principals: {
        availableTo: async () => [],
        describe: ({ id }) =>
          provisioner.readPrincipal(id) ?? { id, kind: 'other', name: id },
      },
      permissions:
        options.permissions ??
        mockServices.permissions.mock({
          authorize: async questions =>
            questions.map(() => ({ result: AuthorizeResult.ALLOW })),
        }),
      authorizer: { readFilter: async () => 'all' },
      entitlements: replica.entitlements,
      store: replica.reader,
      move: replica.move,
      tablePowers: {
        over: async () => () => ({ revoke: false, adopt: false }),
      },
      events,
      powers: new ProductPowers({
        governance: new Governance(['group:default/governance']),
        catalog: { homesOf: async () => new Map() },
      }),
      places: { book: async () => new PlaceBook([], []) },
      sight: options.sight ?? { of: async () => seesAll },
      config: { ...defaultScanConfig, ...options.config },
      clock: this.clock.now,
      timers,
      telemetry,
    });
    return { ...parts, replica, provisioner, timers, outcomes, news, held };
  }

  /** Grants `fake:analyst` what the options say, and applies it. */
  async active(
    one: ScanningReplica,
    options: Parameters<typeof anApproval>[0] = {},
  ): Promise<string> {
    const approval: NewEntitlement = anApproval({
      identities: { 'table:sales.orders': '2026-01-01T00:00:00.000Z' },
      ...options,
    });
    const id = await this.provisioning.approve(one.replica, approval);
    await this.work(one);
    return id;
  }

  /** Does all the work there is, and what follows from it. */
  async work(one: ScanningReplica): Promise<void> {
    await one.replica.runUntilIdle();
    await one.refresher.idle();
  }

  /** Scans everything, a little later. */
  async scan(one: ScanningReplica): Promise<ScanOutcome[]> {
    this.clock.advance({ seconds: 10 });
    one.outcomes.length = 0;
    await one.scanner.pass();
    await one.refresher.idle();
    return one.outcomes;
  }

  /** Rows of what is held now. */
  async live(): Promise<ObservedGrantRow[]> {
    return this.knex<ObservedGrantRow>('observed_grants')
      .whereNull('gone_at')
      .orderBy(['grant_key']);
  }

  /** `PRINCIPAL TABLE` → why. */
  async reasons(): Promise<{ [key: string]: string }> {
    const rows = await this.live();
    return Object.fromEntries(rows.map(row => [row.grant_key, row.because]));
  }

  /** Open drift: kind and what it is about. */
  async drift(): Promise<string[]> {
    const rows = await this.knex('drift_items')
      .whereNull('gone_at')
      .orderBy('id');
    return rows
      .map(row => `${row.kind} ${row.grant_key ?? row.entitlement_id}`)
      .sort();
  }
}
