import { mockServices } from '@backstage/backend-test-utils';
import type {
  AccessScope,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { FakeProvisioner } from '../testing/FakeProvisioner';
import {
  FakeSystemError,
  InMemoryFakeSystem,
  type FakeGrant,
} from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  anApproval,
  aPort,
  ProvisioningWorld,
  type Replica,
} from '../testing/provisioningFixture';
import { planStepOf } from '../store/steps/StepRow';
import type { StepRow } from '../store/tables';
import type { WorkerConfig } from './workerConfig';
import { narrowEntitlement } from '../entitlements/actions/narrowEntitlement';
import {
  reapplyEntitlement,
  reapplyFor,
  retryEntitlement,
} from '../entitlements/actions/reapplying';
import {
  relinquishEntitlement,
  revokeEntitlement,
} from '../entitlements/actions/ending';

jest.setTimeout(600_000);

const databases = testDatabases();

const owner = aCaller('user:default/omar', ['group:default/sales']);
const principals = ['fake:a', 'fake:b'];
const tables = ['orders', 'customers', 'returns'];
const columns = ['amount', 'email', 'id'];
const port = aPort();

/** Numbers that are the same in every run of a seed. */
function randomOf(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) % 2 ** 32;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (n: number) => Math.floor(next() * n),
    of: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)],
    some: <T>(items: readonly T[]): T[] => {
      const chosen = items.filter(() => next() < 0.5);
      return chosen.length > 0 ? chosen : [items[0]];
    },
  };
}

/** Grants as one text each, like `fake:a sales.orders id`. */
type Held = Set<string>;

const keyOf = (principal: string, table: string, column: string) =>
  `${principal} sales.${table} ${column}`;

function heldOf(system: InMemoryFakeSystem): string[] {
  return system
    .held()
    .flatMap(grant =>
      grant.columns.map(
        column => `${grant.principal} ${grant.table} ${column}`,
      ),
    )
    .sort();
}

/** Is asked about each write of ours, before it is done. */
class WatchedSystem extends InMemoryFakeSystem {
  onWrite: (operation: 'grant' | 'revoke', keys: string[]) => Promise<void> =
    async () => {};

  override async grant(grant: FakeGrant): Promise<void> {
    await this.onWrite('grant', keysOf(grant));
    await super.grant(grant);
  }

  override async revoke(grant: FakeGrant): Promise<void> {
    await this.onWrite('revoke', keysOf(grant));
    await super.revoke(grant);
  }
}

function keysOf({ principal, table, columns: names }: FakeGrant): string[] {
  return names.map(column => `${principal} ${table} ${column}`);
}

/** One life of a mesh with everything that can happen to it. */
class Life {
  readonly system = new WatchedSystem();
  /** Writes that nothing decided, which must never be. */
  readonly violations: string[] = [];
  /** What replicas log as errors: nothing that happens here is one. */
  readonly errors: string[] = [];
  /** What somebody else granted, and what stays therefore. */
  readonly outside: Held = new Set();
  readonly log: string[] = [];
  replicas: Replica[] = [];
  #requests = 0;

  constructor(
    readonly world: ProvisioningWorld,
    readonly random: ReturnType<typeof randomOf>,
  ) {
    this.replicas = [this.#aReplica(), this.#aReplica()];
    this.system.onWrite = (operation, keys) => this.#watch(operation, keys);
  }

  /**
   * Nothing is granted that no step wants, nothing is taken away that others
   * gave or that a step in force needs: not even for a moment.
   */
  async #watch(operation: 'grant' | 'revoke', keys: string[]): Promise<void> {
    const rows: StepRow[] = await this.world
      .knex<StepRow>('entitlement_steps')
      .where({ direction: 'apply', leaving: false })
      .whereNotNull('baseline')
      .whereNotIn('state', ['undone', 'skipped']);
    const wanted = new Set(rows.map(planStepOf).flatMap(columnsOf));
    for (const key of keys) {
      const isFine =
        operation === 'grant'
          ? wanted.has(key)
          : !wanted.has(key) && !this.outside.has(key);
      if (!isFine) this.violations.push(`${operation} ${key}`);
    }
  }

  #aReplica(config: Partial<WorkerConfig> = {}): Replica {
    return this.world.replica({
      provisioner: new FakeProvisioner(this.system),
      config: { maxAttempts: 3, ...config },
      logger: mockServices.logger.mock({
        error: (message, meta) => {
          this.errors.push(`${message}: ${String(meta)}`);
        },
      }),
    });
  }

  #scope(): AccessScope {
    const { random } = this;
    return {
      level: 'read',
      tables: random
        .some(tables)
        .map(table => ({ table, columns: random.some(columns) })),
    };
  }

  #planOf(principal: string, scope: AccessScope) {
    return new FakeProvisioner().plan({
      port,
      scope,
      principal: { id: principal, kind: 'other', name: principal },
    });
  }

  async #one(where: object) {
    const rows = await this.world.knex('entitlements').where(where);
    return rows.length > 0 ? this.random.of(rows) : undefined;
  }

  /** Columns that a step has brought, is bringing or is taking away. */
  async #ours(): Promise<Held> {
    const rows: StepRow[] = await this.world
      .knex<StepRow>('entitlement_steps')
      .whereNotIn('state', ['undone', 'skipped']);
    const held: Held = new Set();
    for (const step of rows.map(planStepOf)) {
      columnsOf(step).forEach(key => held.add(key));
    }
    return held;
  }

  async grant(): Promise<void> {
    const principal = this.random.of(principals);
    const scope = this.#scope();
    this.#requests += 1;
    await this.world.approve(this.replicas[0], {
      ...anApproval({
        port,
        principal,
        requestId: `request-${this.#requests}`,
        durationDays: 1 + this.random.below(20),
      }),
      scope,
      plan: this.#planOf(principal, scope),
    });
    this.log.push(`grant ${principal} ${JSON.stringify(scope.tables)}`);
  }

  async amend(): Promise<void> {
    const row = await this.#one({ state: 'active' });
    if (!row || (row.change_state && row.change_state !== 'failed')) return;
    const scope = this.#scope();
    this.#requests += 1;
    try {
      await this.world.knex.transaction(tx =>
        this.replicas[0].intake.amend(tx, {
          entitlementId: row.id,
          requestId: `request-${this.#requests}`,
          port,
          scope,
          purpose: 'reporting',
          approvedBy: ['user:default/omar'],
          plan: this.#planOf(row.principal, scope),
          identities: {},
        }),
      );
      this.log.push(`amend ${row.id} ${JSON.stringify(scope.tables)}`);
    } catch (error) {
      this.#conflict(error);
    }
  }

  async act(
    what: 'revoke' | 'reapply' | 'retry' | 'relinquish',
  ): Promise<void> {
    const row = await this.#one({});
    if (!row) return;
    const { entitlements } = this.random.of(this.replicas);
    const { version } = row;
    try {
      switch (what) {
        case 'revoke':
          await revokeEntitlement(entitlements, owner, row.id, {
            version,
            reason: 'x',
          });
          break;
        case 'relinquish':
          await relinquishEntitlement(
            entitlements,
            aCaller('user:default/ana'),
            row.id,
            {
              version,
            },
          );
          break;
        case 'retry':
          await retryEntitlement(entitlements, owner, row.id, { version });
          break;
        default:
          await reapplyEntitlement(entitlements, owner, row.id, { version });
      }
      this.log.push(`${what} ${row.id}`);
    } catch (error) {
      this.#conflict(error);
    }
  }

  async narrow(): Promise<void> {
    const row = await this.#one({ state: 'active' });
    if (!row) return;
    const held = JSON.parse(row.scope) as AccessScope;
    const scope: AccessScope = {
      level: 'read',
      tables: this.random.some(held.tables).map(({ table, columns: all }) => ({
        table,
        columns: this.random.some(all ?? columns),
      })),
    };
    try {
      await narrowEntitlement(this.replicas[0].entitlements, owner, row.id, {
        version: row.version,
        narrowing: { scope, reason: 'x' },
      });
      this.log.push(`narrow ${row.id} ${JSON.stringify(scope.tables)}`);
    } catch (error) {
      this.#conflict(error);
    }
  }

  async renew(): Promise<void> {
    const row = await this.#one({ state: 'active' });
    if (!row) return;
    try {
      await this.world.knex.transaction(tx =>
        this.replicas[0].intake.renew(tx, {
          entitlementId: row.id,
          requestId: 'renewal',
          durationDays: 5,
          approvedBy: ['user:default/omar'],
        }),
      );
      this.log.push(`renew ${row.id}`);
    } catch (error) {
      this.#conflict(error);
    }
  }

  async pass(): Promise<void> {
    this.world.clock.advance({ days: this.random.below(8) });
    await this.random.of(this.replicas).expire();
    this.log.push('time passes');
  }

  /** Somebody else grants what no step of ours has to do with. */
  async give(): Promise<void> {
    const [principal, table, column] = [
      this.random.of(principals),
      this.random.of(tables),
      this.random.of(columns),
    ];
    const key = keyOf(principal, table, column);
    if ((await this.#ours()).has(key)) return;
    this.system.give(principal, `sales.${table}`, [column]);
    this.outside.add(key);
    this.log.push(`others give ${key}`);
  }

  /** Somebody else takes away what only we have put there. */
  async take(): Promise<void> {
    const [principal, table] = [
      this.random.of(principals),
      this.random.of(tables),
    ];
    if (columns.some(one => this.outside.has(keyOf(principal, table, one)))) {
      return;
    }
    this.system.take(principal, `sales.${table}`);
    this.log.push(`others take ${principal} ${table}`);
  }

  fault(): void {
    const { provisioner } = this.random.of(this.replicas);
    provisioner.failNext(
      this.random.of(['observe', 'apply', 'undo'] as const),
      new FakeSystemError(
        'Fault',
        this.random.of(['throttled', 'transient', 'permanent'] as const),
      ),
      { when: this.random.of(['before', 'after'] as const) },
    );
    this.log.push('a fault');
  }

  async run(): Promise<void> {
    await Promise.all(this.replicas.map(one => one.runUntilIdle()));
    // What failed on the way is tried again later.
    this.world.clock.advance({ seconds: 301 });
    this.log.push('both run');
  }

  /** One more replica dies in the middle of something; the others go on. */
  async crash(): Promise<void> {
    // One thing at a time: what is dead must not go on with something else.
    const doomed = this.#aReplica({ concurrency: 1 });
    const held = doomed.provisioner.holdNext(
      this.random.of(['observe', 'apply', 'undo'] as const),
      this.random.of(['before', 'after'] as const),
    );
    await Promise.race([held.reached, doomed.runUntilIdle()]);
    this.world.clock.advance({ seconds: 61 });
    this.log.push('a replica dies');
  }

  /** Refusals are part of life; errors are not. */
  #conflict(error: unknown): void {
    const name = error instanceof Error ? error.name : String(error);
    if (!['ConflictError', 'InputError', 'NotAllowedError'].includes(name)) {
      throw error;
    }
  }

  /** Mends all that has failed, and has all that is in force looked at again. */
  async reconcile(): Promise<void> {
    this.replicas = [this.#aReplica(), this.#aReplica()];
    const [replica] = this.replicas;
    this.world.clock.advance({ seconds: 301 });
    await replica.runUntilIdle();
    const all = () => this.world.knex('entitlements');
    const stuck = [
      ...(await all().where({ state: 'failed' })),
      ...(await all().where({ change_state: 'failed' })),
    ];
    for (const { id, version } of stuck) {
      await retryEntitlement(replica.entitlements, owner, id, { version });
    }
    await replica.runUntilIdle();
    for (const { id } of await all().where({ state: 'active' })) {
      await reapplyFor(replica.entitlements, 'plugin:test', id);
    }
    await this.run();
  }

  /** What must be held: what others gave, and what is decided. */
  async decided(): Promise<string[]> {
    const held: Held = new Set(this.outside);
    for (const row of await this.world
      .knex('entitlements')
      .where({ state: 'active' })) {
      for (const wanted of (JSON.parse(row.scope) as AccessScope).tables) {
        for (const column of wanted.columns ?? columns) {
          held.add(keyOf(row.principal, wanted.table, column));
        }
      }
    }
    return [...held].sort();
  }
}

function columnsOf(step: PlanStep): string[] {
  const input = step.call.input as {
    principal: string;
    table: string;
    columns: string[];
  };
  return input.columns.map(
    column => `${input.principal} ${input.table} ${column}`,
  );
}

describe.each(databases.eachSupportedId())('any life on %s', databaseId => {
  const seeds = Array.from(
    { length: databaseId === 'SQLITE_3' ? 30 : 10 },
    (_, index) => index + 1,
  );

  it.each(seeds)(
    'ends with what is decided, and what others granted (seed %d)',
    async seed => {
      const world = await ProvisioningWorld.on(
        await databases.migrated(databaseId),
      );
      const random = randomOf(seed);
      const life = new Life(world, random);
      const happenings: Array<() => Promise<void> | void> = [
        () => life.grant(),
        () => life.grant(),
        () => life.amend(),
        () => life.amend(),
        () => life.narrow(),
        () => life.renew(),
        () => life.act('revoke'),
        () => life.act('relinquish'),
        () => life.act('reapply'),
        () => life.act('retry'),
        () => life.pass(),
        () => life.give(),
        () => life.take(),
        () => life.fault(),
        () => life.fault(),
        () => life.crash(),
        () => life.run(),
        () => life.run(),
        () => life.run(),
      ];
      for (let turn = 0; turn < 60; turn += 1) await random.of(happenings)();
      await life.reconcile();
      expect({
        violations: life.violations,
        errors: life.errors,
        log: life.log,
      }).toEqual({ violations: [], errors: [], log: life.log });

      const states: Array<{ state: string; change_state: string | null }> =
        await world.knex('entitlements').select('state', 'change_state');
      const open = states.filter(
        one =>
          !['active', 'revoked', 'expired'].includes(one.state) ||
          one.change_state !== null,
      );
      expect({ open, held: heldOf(life.system), log: life.log }).toEqual({
        open: [],
        held: await life.decided(),
        log: life.log,
      });
      expect(await world.knex('resource_locks')).toEqual([]);

      // Nothing of ours is left when all of it ends.
      const [replica] = life.replicas;
      world.clock.advance({ days: 1000 });
      await replica.expire();
      await replica.runUntilIdle();
      expect(heldOf(life.system)).toEqual([...life.outside].sort());
      expect(life.violations).toEqual([]);
    },
  );
});
