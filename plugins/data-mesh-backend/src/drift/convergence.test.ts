import { DatabaseAuditLog } from '../audit/DatabaseAuditLog';
import { grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { testDatabases } from '../testing/databases';
import type { FakeGrant } from '../testing/FakeSystem';
import { aCaller } from '../testing/provisioningFixture';
import {
  ADMIN,
  ScanningWorld,
  type ScanningReplica,
} from '../testing/scanningFixture';
import { revokeEntitlement } from '../entitlements/actions/ending';
import { reconcile } from './reconcile';
import { driftPage, resolveDrift } from './resolveDrift';

jest.setTimeout(300_000);

const databases = testDatabases();
const OWNER = aCaller('user:default/omar', ['group:default/sales']);

const principals = ['fake:a', 'fake:b', 'fake:c'];
const tables = ['orders', 'customers', 'returns'];
const columns = ['id', 'amount', 'email'];

/** Numbers that are the same in every run. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = Math.imul(state ^ (state >>> 15), state | 1) + 0x6d2b79f5;
    state = Math.imul(state ^ (state >>> 13), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
}

class Sequence {
  readonly #random: () => number;
  readonly told: string[] = [];

  constructor(
    readonly world: ScanningWorld,
    readonly one: ScanningReplica,
    seed: number,
  ) {
    this.#random = randomOf(seed);
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)];
  }

  some<T>(from: readonly T[]): T[] {
    const picked = from.filter(() => this.#random() < 0.5);
    return picked.length > 0 ? picked : [this.pick(from)];
  }

  /** One thing that happens, by us or past us. */
  async step(): Promise<void> {
    const { world, one } = this;
    const principal = this.pick(principals);
    const table = this.pick(tables);
    const part = this.some(columns);
    const acts: { [name: string]: () => unknown } = {
      grant: () =>
        world.active(one, {
          principal,
          tables: { [table]: part.length === columns.length ? 'all' : part },
          durationDays: this.pick([1, 5, 30]),
        }),
      grantAgain: () =>
        world.active(one, { principal, tables: { [table]: part } }),
      revoke: async () => {
        const rows = await world
          .knex('entitlements')
          .where({ state: 'active' })
          .orderBy(['created_at', 'id']);
        if (rows.length === 0) return;
        const { id, version } = this.pick(rows);
        await revokeEntitlement(one.replica.entitlements, OWNER, id, {
          version,
          reason: 'Over',
        });
        await world.work(one);
      },
      expire: async () => {
        world.clock.advance({ days: 2 });
        await one.replica.expire();
        await world.work(one);
      },
      giveAside: () => world.system.give(principal, `sales.${table}`, part),
      giveElsewhere: () =>
        world.system.give('fake:stranger', `sales.${table}`, part),
      takeAside: () => world.system.take(principal, `sales.${table}`),
      takePartAside: () =>
        world.system.revoke({
          principal,
          table: `sales.${table}`,
          columns: part,
        }),
      scan: () => world.scan(one),
      adopt: async () => {
        const { items } = await driftPage(one.drift, ADMIN, {
          kind: ['excess'],
        });
        if (items.length === 0) return;
        await resolveDrift(one.drift, ADMIN, {
          ids: [this.pick(items).id],
          action: 'adopt',
          reason: 'It was agreed elsewhere',
        });
      },
      crash: async () => {
        one.provisioner.failNext(this.pick(['apply', 'undo', 'observe']));
      },
    };
    const name = this.pick(Object.keys(acts));
    this.told.push(`${name} ${principal} ${table} ${part.join('+')}`);
    await acts[name]();
  }

  /** Scans, applies again what is lacking and revokes what is too much. */
  async reconcile(): Promise<void> {
    const { world, one } = this;
    await settleAll(this);
    await world.scan(one);
    await reconcile(one.drift, ADMIN, { everything: true });
    await settleAll(this);
    await world.scan(one);
    const { items } = await driftPage(one.drift, ADMIN, {
      kind: ['excess'],
      limit: 200,
    });
    if (items.length > 0) {
      const done = await resolveDrift(one.drift, ADMIN, {
        ids: items.map(item => item.id),
        action: 'revoke',
        reason: 'Nobody approved it',
      });
      const failed = done.items.find(item => !item.ok);
      if (failed) throw new Error(failed.error);
    }
    await world.scan(one);
  }

  /** What decisions say: active entitlements, and what was adopted. */
  async decided(): Promise<FakeGrant[]> {
    const wanted = new Map<string, FakeGrant>();
    const add = (grant: FakeGrant) => {
      const key = `${grant.principal} ${grant.table}`;
      const known = wanted.get(key)?.columns ?? [];
      wanted.set(key, {
        ...grant,
        columns: [...new Set([...known, ...grant.columns])].sort(),
      });
    };
    const active = await this.world
      .knex('entitlements')
      .where({ state: 'active' });
    for (const row of active) {
      for (const one of JSON.parse(row.scope).tables) {
        add({
          principal: row.principal,
          table: `sales.${one.table}`,
          columns: one.columns ?? columns,
        });
      }
    }
    const adopted: Array<Pick<ObservedGrantRow, 'data' | 'grant_key'>> =
      await this.world.knex('adopted_grants').whereNull('gone_at');
    const held = new Map(
      this.world.system
        .held()
        .map(one => [`${one.principal} ${one.table}`, one.columns]),
    );
    for (const row of adopted) {
      const { principal, resource } = grantOf(row);
      // What was adopted may stay; nobody grants it again.
      const still = (resource.columns ?? []).filter(column =>
        held.get(row.grant_key)?.includes(column),
      );
      if (still.length > 0) {
        add({
          principal: principal.id,
          table: `${resource.database}.${resource.table}`,
          columns: still,
        });
      }
    }
    return [...wanted.values()].sort((a, b) =>
      JSON.stringify([a.principal, a.table]).localeCompare(
        JSON.stringify([b.principal, b.table]),
      ),
    );
  }
}

/** Works until no step waits for its next attempt. */
async function settleAll({ world, one }: Sequence): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) {
    await world.work(one);
    const waiting = await world
      .knex('entitlement_steps')
      .whereIn('state', ['pending', 'waiting', 'running'])
      .first('id');
    if (!waiting) return;
    world.clock.advance({ seconds: 300 });
  }
}

describe.each(databases.eachSupportedId())('reconciling on %s', databaseId => {
  const seeds = databaseId === 'SQLITE_3' ? 30 : 4;

  it.each(Array.from({ length: seeds }, (_, seed) => seed + 1))(
    'ends in what was decided, whatever happened before (sequence %i)',
    async seed => {
      const world = await ScanningWorld.on(
        await databases.migrated(databaseId),
      );
      const sequence = new Sequence(world, world.replica(), seed);
      for (let step = 0; step < 25; step += 1) await sequence.step();
      await sequence.reconcile();

      const context = sequence.told.join('\n');
      expect({ context, held: world.system.held() }).toEqual({
        context,
        held: await sequence.decided(),
      });
      expect({ context, drift: await world.drift() }).toEqual({
        context,
        drift: [],
      });
      const reasons = Object.values(await world.reasons());
      expect(reasons).not.toContain('unexplained');
      const unhealthy = await world
        .knex('entitlements')
        .where({ state: 'active' })
        .whereNot({ health: 'ok' });
      expect({ context, unhealthy }).toEqual({ context, unhealthy: [] });
      await expect(
        new DatabaseAuditLog({ db: world.knex }).verify(),
      ).resolves.toMatchObject({ whole: true });
    },
  );
});
