import { FakeProvisioner } from '../testing/FakeProvisioner';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  ProvisioningWorld,
  type Replica,
} from '../testing/provisioningFixture';
import { relinquishEntitlement } from '../entitlements/actions/ending';

const databases = testDatabases();
const ALL = ['amount', 'email', 'id'];

/**
 * A replica that dies looks from outside like one that hangs for ever and whose
 * heart has stopped: nothing after the boundary is run by it.
 */
type Boundary = [name: string, crash: (p: FakeProvisioner) => Promise<void>];

const applyBoundaries: Boundary[] = [
  ['before it has looked', p => p.holdNext('observe').reached],
  [
    'after it has looked, before the baseline is stored',
    p => p.holdNext('observe', 'after').reached,
  ],
  [
    'after the baseline is stored, before the call',
    p => p.holdNext('apply').reached,
  ],
  [
    'after the call, before it is verified',
    p => p.holdNext('apply', 'after').reached,
  ],
  [
    'after it is verified, before that is recorded',
    p => {
      p.passNext('observe');
      return p.holdNext('observe', 'after').reached;
    },
  ],
];

const undoBoundaries: Boundary[] = [
  ['before it has looked', p => p.holdNext('observe').reached],
  ['before the call', p => p.holdNext('undo').reached],
  [
    'after the call, before it is verified',
    p => p.holdNext('undo', 'after').reached,
  ],
  [
    'after it is verified, before that is recorded',
    p => {
      p.passNext('observe');
      return p.holdNext('observe', 'after').reached;
    },
  ],
];

describe.each(databases.eachSupportedId())('a crash on %s', databaseId => {
  const newWorld = async () => {
    const world = await ProvisioningWorld.on(
      await databases.migrated(databaseId),
    );
    world.system.give('fake:analyst', 'sales.orders', ['id']);
    return world;
  };

  /** Runs the replica into its crash. It is never heard of again. */
  const crashAt = async (replica: Replica, reached: Promise<void>) => {
    replica.runUntilIdle();
    await reached;
  };

  /** Another replica takes over when the lease is over, and not before. */
  const recover = async (world: ProvisioningWorld) => {
    const successor = world.replica();
    await successor.runUntilIdle();
    expect(successor.provisioner.calls).toEqual([]);
    world.clock.advance({ seconds: 61 });
    await successor.runUntilIdle();
    return successor;
  };

  const revokeAll = async (world: ProvisioningWorld, replica: Replica) => {
    world.clock.advance({ days: 30 });
    await replica.expire();
    await replica.runUntilIdle();
  };

  it.each(applyBoundaries)(
    'while applying, %s, is finished by the next replica',
    async (_, boundary) => {
      const world = await newWorld();
      const doomed = world.replica();
      const id = await world.approve(doomed);
      await crashAt(doomed, boundary(doomed.provisioner));

      const successor = await recover(world);

      expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
      expect(world.system.held()).toEqual([
        { principal: 'fake:analyst', table: 'sales.orders', columns: ALL },
      ]);

      // What was there before us was told from what the dead one had granted.
      await revokeAll(world, successor);
      expect(await world.entitlement(id)).toMatchObject({ state: 'expired' });
      expect(world.system.held()).toEqual([
        { principal: 'fake:analyst', table: 'sales.orders', columns: ['id'] },
      ]);
    },
  );

  it.each(applyBoundaries)(
    'while applying, %s, with an end asked for meanwhile, leaves only what was there before',
    async (_, boundary) => {
      const world = await newWorld();
      const doomed = world.replica();
      const id = await world.approve(doomed);
      await crashAt(doomed, boundary(doomed.provisioner));
      await relinquishEntitlement(
        world.replica().entitlements,
        aCaller('user:default/ana'),
        id,
        {
          version: 1,
        },
      );

      await recover(world);

      expect(await world.entitlement(id)).toMatchObject({ state: 'revoked' });
      expect(world.system.held()).toEqual([
        { principal: 'fake:analyst', table: 'sales.orders', columns: ['id'] },
      ]);
      expect(await world.knex('resource_locks')).toEqual([]);
    },
  );

  it.each(undoBoundaries)(
    'while undoing, %s, is finished by the next replica',
    async (_, boundary) => {
      const world = await newWorld();
      const doomed = world.replica();
      const id = await world.approve(doomed);
      await doomed.runUntilIdle();
      world.clock.advance({ days: 30 });
      await doomed.expire();
      await crashAt(doomed, boundary(doomed.provisioner));

      await recover(world);

      expect(await world.entitlement(id)).toMatchObject({ state: 'expired' });
      expect(world.system.held()).toEqual([
        { principal: 'fake:analyst', table: 'sales.orders', columns: ['id'] },
      ]);
      expect(await world.knex('resource_locks')).toEqual([]);
    },
  );

  it('lets no two replicas record the same step: the one that lost its lease is refused', async () => {
    const world = await newWorld();
    const slow = world.replica();
    const id = await world.approve(slow);
    const held = slow.provisioner.holdNext('apply', 'after');
    const slowRun = slow.runUntilIdle();
    await held.reached;
    await recover(world);
    const trail = await world.trail(id);

    held.release();
    await slowRun;

    expect(await world.trail(id)).toEqual(trail);
    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
    expect(await world.steps(id)).toMatchObject([
      { state: 'done', attempts: 2 },
    ]);
  });

  it('keeps the lease of a slow call while its heart beats', async () => {
    const world = await newWorld();
    const slow = world.replica();
    const id = await world.approve(slow);
    const held = slow.provisioner.holdNext('apply');
    const slowRun = slow.runUntilIdle();
    await held.reached;

    const other = world.replica();
    for (let beat = 0; beat < 5; beat += 1) {
      world.clock.advance({ seconds: 40 });
      const before = (await world.steps(id))[0].lease_until;
      slow.timers.fireRepeated();
      await until(
        async () => (await world.steps(id))[0].lease_until !== before,
      );
      await other.runUntilIdle();
    }
    expect(other.provisioner.calls).toEqual([]);
    held.release();
    await slowRun;

    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
    expect(await world.steps(id)).toMatchObject([{ attempts: 1 }]);
  });

  it('ends the call whose lease has gone to another replica', async () => {
    const world = await newWorld();
    const slow = world.replica();
    const id = await world.approve(slow);
    const held = slow.provisioner.holdNext('apply');
    const slowRun = slow.runUntilIdle();
    await held.reached;
    await recover(world);

    slow.timers.fireRepeated();
    await slowRun;

    expect(world.system.writes).toHaveLength(1);
    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
  });

  it('is not what shutdown is: steps under way are given back at once, uncounted', async () => {
    const world = await newWorld();
    const leaving = world.replica();
    const id = await world.approve(leaving);
    const held = leaving.provisioner.holdNext('apply');
    leaving.start();
    await held.reached;

    await leaving.stop();

    expect(await world.steps(id)).toMatchObject([
      { state: 'pending', attempts: 0, lease_owner: null },
    ]);
    expect(await world.knex('resource_locks')).toEqual([]);
    await world.replica().runUntilIdle();
    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
