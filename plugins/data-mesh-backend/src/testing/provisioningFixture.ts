import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import type {
  Entitlement,
  OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { MeshEvents } from '../events';
import { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import type { NewEntitlement } from '../entitlements/lifecycle/EntitlementIntake';
import { toEntitlement } from '../store/entitlements/EntitlementRow';
import type { Caller } from '../identity/Caller';
import type { StepRow } from '../store/tables';
import {
  defaultWorkerConfig,
  type Timers,
  type WorkerConfig,
} from '../provisioning';
import type { EntitlementNotice } from '../events';
import {
  createProvisioning,
  type Provisioning,
  type ProvisioningOptions,
} from '../compose/createProvisioning';
import { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { FakeProvisioner } from './FakeProvisioner';
import { InMemoryFakeSystem } from './FakeSystem';
import { migrationsDirectory } from './MigratedCopies';
import { Governance } from '../people';

/** A clock that stands still until it is moved. */
export class ManualClock {
  #now = Date.parse('2026-11-23T08:00:00.000Z');

  readonly now = (): Date => new Date(this.#now);

  advance({
    days = 0,
    seconds = 0,
    ms = 0,
  }: {
    days?: number;
    seconds?: number;
    ms?: number;
  }): void {
    this.#now += days * 86_400_000 + seconds * 1000 + ms;
  }
}

/** Timers that fire when they are told to. */
export class ManualTimers implements Timers {
  readonly #repeated = new Set<() => void>();
  readonly #once = new Set<() => void>();

  every(_ms: number, act: () => void): () => void {
    this.#repeated.add(act);
    return () => this.#repeated.delete(act);
  }

  after(_ms: number, act: () => void): () => void {
    this.#once.add(act);
    return () => this.#once.delete(act);
  }

  /** Polls and heartbeats. */
  fireRepeated(): void {
    [...this.#repeated].forEach(act => act());
  }

  /** What was to happen once, after a while. */
  fireOnce(): void {
    const acts = [...this.#once];
    this.#once.clear();
    acts.forEach(act => act());
  }
}

/** A user with its groups. */
export function aCaller(userRef: string, groupRefs: string[] = []): Caller {
  return {
    userRef,
    ownershipRefs: [userRef, ...groupRefs],
    credentials: mockCredentials.user(userRef),
  };
}

/** A port of type `fake`, with tables of three columns each. */
export function aPort(options: Partial<OutputPort> = {}): OutputPort {
  return {
    name: 'lake',
    type: 'fake',
    location: { database: 'sales' },
    tables: ['orders', 'customers', 'returns'].map(name => ({
      name,
      columns: ['id', 'amount', 'email'].map(column => ({
        name: column,
        type: 'string',
      })),
    })),
    ...options,
  };
}

/** What an approval hands over: `fake:analyst` reads `sales.orders`. */
export function anApproval(
  options: Partial<Omit<NewEntitlement, 'principal' | 'scope' | 'plan'>> & {
    principal?: string;
    /** Tables with their columns, `all` for whole tables. */
    tables?: { [table: string]: string[] | 'all' };
    provisioner?: FakeProvisioner;
  } = {},
): NewEntitlement {
  const {
    principal: principalId = 'fake:analyst',
    tables = { orders: 'all' },
    provisioner = new FakeProvisioner(),
    ...rest
  } = options;
  const port = rest.port ?? aPort();
  const principal = provisioner.readPrincipal(principalId) ?? {
    id: principalId,
    kind: 'other',
    name: principalId,
  };
  const scope: NewEntitlement['scope'] = {
    level: 'read',
    tables: Object.entries(tables).map(([table, columns]) => ({
      table,
      ...(columns !== 'all' && { columns }),
    })),
  };
  return {
    requestId: 'request-1',
    requesterRef: 'user:default/ana',
    productRef: 'dataproduct:default/orders',
    productTitle: 'Orders',
    productOwnerRef: 'group:default/sales',
    domainRef: 'domain:default/sales',
    purpose: 'reporting',
    durationDays: 30,
    approvedBy: ['user:default/omar'],
    identities: {},
    ...rest,
    principal,
    scope,
    port,
    plan: provisioner.plan({ port, scope, principal }),
  };
}

/** One backend replica on a database, with a fake system outside. */
export interface Replica extends Provisioning {
  provisioner: FakeProvisioner;
  timers: ManualTimers;
  notices: EntitlementNotice[];
  changes: string[];
}

/** A database with the tables of the plugin, and replicas that work on it. */
export class ProvisioningWorld {
  readonly clock = new ManualClock();
  readonly system = new InMemoryFakeSystem();

  constructor(readonly knex: Knex) {}

  static async on(knex: Knex): Promise<ProvisioningWorld> {
    await knex.migrate.latest({ directory: migrationsDirectory });
    return new ProvisioningWorld(knex);
  }

  replica(
    options: Partial<Omit<ProvisioningOptions, 'config' | 'events'>> & {
      config?: Partial<WorkerConfig>;
      provisioner?: FakeProvisioner;
      events?: MeshEvents;
    } = {},
  ): Replica {
    const {
      provisioner = new FakeProvisioner(this.system),
      events = new MeshEvents({ logger: mockServices.logger.mock() }),
      config,
      ...rest
    } = options;
    const provisioners = new ProvisionerRegistry();
    provisioners.addProvisioner(provisioner);
    const timers = new ManualTimers();
    const notices: EntitlementNotice[] = [];
    const changes: string[] = [];
    events.on('entitlementTouched', ({ entitlementId }) => {
      changes.push(entitlementId);
    });
    events.on('entitlement', notice => {
      notices.push(notice);
    });
    const provisioning = createProvisioning({
      knex: this.knex,
      logger: mockServices.logger.mock(),
      audit: new DatabaseAuditLog({ db: this.knex, now: this.clock.now }),
      provisioners,
      events,
      access: {
        authorizer: {
          isAllowed: async () => true,
          require: async () => {},
          readFilter: async () => 'all',
        },
        permissions: mockServices.permissions.mock({
          authorize: async questions =>
            questions.map(() => ({ result: AuthorizeResult.ALLOW })),
        }),
        products: {
          findProduct: async () => undefined,
          homesOf: async () => new Map(),
        },
        principals: { availableTo: async () => [], mayUse: async () => false },
        governance: new Governance([]),
      },
      requests: { aboutEntitlement: async () => [] },
      clock: this.clock.now,
      random: () => 1,
      timers,
      config: { ...defaultWorkerConfig, ...config },
      ...rest,
    });
    return { ...provisioning, provisioner, timers, notices, changes };
  }

  /** Hands an approval over, as the last decision on a request does. */
  async approve(
    replica: Provisioning,
    approval: NewEntitlement = anApproval(),
  ): Promise<string> {
    return this.knex.transaction(tx => replica.intake.create(tx, approval));
  }

  async entitlement(id: string): Promise<Entitlement> {
    const row = await this.knex('entitlements').where({ id }).first();
    return toEntitlement(row);
  }

  async steps(id: string): Promise<StepRow[]> {
    return this.knex<StepRow>('entitlement_steps')
      .where({ entitlement_id: id })
      .orderBy('position');
  }

  /** Actions on the audit trail of an entitlement, in their order. */
  async trail(id: string): Promise<string[]> {
    const rows: Array<{ action: string }> = await this.knex('audit_events')
      .where({ subject: `entitlement:${id}` })
      .orderBy('sequence');
    return rows.map(row => row.action);
  }
}
