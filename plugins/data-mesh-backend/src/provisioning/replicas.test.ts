import { FakeProvisioner } from '../testing/FakeProvisioner';
import { InMemoryFakeSystem, type FakeGrant } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  anApproval,
  aPort,
  ProvisioningWorld,
} from '../testing/provisioningFixture';

const databases = testDatabases();

/**
 * Sees whether two writes to one table overlap: Lake Formation answers the
 * second with ConcurrentModificationException.
 */
class WatchfulSystem extends InMemoryFakeSystem {
  readonly #busy = new Set<string>();
  readonly overlaps: string[] = [];
  most = 0;

  override grant(grant: FakeGrant): Promise<void> {
    return this.#alone(grant.table, () => super.grant(grant));
  }

  override revoke(grant: FakeGrant): Promise<void> {
    return this.#alone(grant.table, () => super.revoke(grant));
  }

  async #alone(table: string, write: () => Promise<void>): Promise<void> {
    if (this.#busy.has(table)) this.overlaps.push(table);
    this.#busy.add(table);
    this.most = Math.max(this.most, this.#busy.size);
    // Others get their turn in the middle of the write.
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    await write();
    this.#busy.delete(table);
  }
}

describe.each(databases.eachSupportedId())('two replicas on %s', databaseId => {
  it('share hundreds of steps: none is lost, none applied twice, no table written twice at once', async () => {
    const world = await ProvisioningWorld.on(
      await databases.migrated(databaseId),
    );
    const system = new WatchfulSystem();
    const replicas = [1, 2].map(() =>
      world.replica({
        provisioner: new FakeProvisioner(system),
        // Fewer than there are tables: one replica could lock them all.
        config: { concurrency: 4 },
      }),
    );
    const names = Array.from({ length: 10 }, (_, index) => `table_${index}`);
    const columns = ['id', 'amount'].map(name => ({ name, type: 'string' }));
    const port = aPort({ tables: names.map(name => ({ name, columns })) });
    const ids: string[] = [];
    for (let index = 0; index < 80; index += 1) {
      // Two entitlements for each principal, on the same three tables.
      const tables = [0, 1, 2].map(offset => names[(index + offset) % 10]);
      const approval = anApproval({
        port,
        principal: `fake:p${index % 40}`,
        tables: Object.fromEntries(
          tables.map(table => [table, index < 40 ? ['id'] : 'all']),
        ),
      });
      ids.push(await world.approve(replicas[0], approval));
    }

    await Promise.all(replicas.map(replica => replica.runUntilIdle()));
    // One that found nothing free may have left the rest to the other.
    await Promise.all(replicas.map(replica => replica.runUntilIdle()));

    const counts = async (column: 'state' | 'attempts') => {
      const rows: Array<{ value: string; count: number | string }> = await world
        .knex('entitlement_steps')
        .groupBy(column)
        .select({ value: column })
        .count({ count: '*' });
      return Object.fromEntries(
        rows.map(({ value, count }) => [value, Number(count)]),
      );
    };
    expect(await counts('state')).toEqual({ done: 240 });
    expect(await counts('attempts')).toEqual({ '1': 240 });
    expect(system.overlaps).toEqual([]);
    expect(system.held()).toHaveLength(40 * 3);
    for (const replica of replicas) {
      expect(replica.provisioner.calls.length).toBeGreaterThan(0);
    }
    const applied = replicas.flatMap(replica =>
      replica.provisioner.calls.map(call => call.stepId),
    );
    expect(new Set(applied).size).toBe(applied.length);

    world.clock.advance({ days: 30 });
    await Promise.all(replicas.map(replica => replica.expire()));
    await Promise.all(replicas.map(replica => replica.runUntilIdle()));
    await Promise.all(replicas.map(replica => replica.runUntilIdle()));

    expect(await counts('state')).toEqual({ undone: 240 });
    expect(system.overlaps).toEqual([]);
    expect(system.held()).toEqual([]);
    const ended = await world.knex('entitlements').where({ state: 'expired' });
    expect(ended).toHaveLength(ids.length);
    expect(await world.knex('resource_locks')).toEqual([]);
  });
});
