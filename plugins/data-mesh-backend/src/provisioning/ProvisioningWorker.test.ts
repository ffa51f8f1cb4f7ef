import { mockServices } from '@backstage/backend-test-utils';
import { MeshEvents } from '../events';
import { testDatabases } from '../testing/databases';
import { anApproval, ProvisioningWorld } from '../testing/provisioningFixture';

const databases = testDatabases(['SQLITE_3']);

describe('the worker of a running backend', () => {
  const newWorld = async () =>
    ProvisioningWorld.on(await databases.migrated('SQLITE_3'));

  /** The entitlement, when it has come to the state. */
  const reached = async (
    world: ProvisioningWorld,
    id: string,
    state: string,
  ) => {
    for (;;) {
      const entitlement = await world.entitlement(id);
      if (entitlement.state === state) return entitlement;
      await new Promise(resolve => setImmediate(resolve));
    }
  };

  it('begins as soon as it is woken, without waiting for the next poll', async () => {
    const world = await newWorld();
    const replica = world.replica();
    replica.start();
    const id = await world.approve(replica);
    replica.intake.wake();
    expect(await reached(world, id, 'active')).toMatchObject({ health: 'ok' });
    await replica.stop();
  });

  it('finds with the next poll what another replica has taken in', async () => {
    const world = await newWorld();
    const replica = world.replica();
    replica.start();
    const id = await world.approve(world.replica());
    replica.timers.fireRepeated();
    expect(await reached(world, id, 'active')).toMatchObject({ health: 'ok' });
    await replica.stop();
  });

  it('ends with a poll what is over', async () => {
    const world = await newWorld();
    const replica = world.replica();
    replica.start();
    const id = await world.approve(replica);
    replica.intake.wake();
    await reached(world, id, 'active');
    world.clock.advance({ days: 31 });
    replica.timers.fireRepeated();
    await reached(world, id, 'expired');
    expect(world.system.held()).toEqual([]);
    await replica.stop();
  });

  it('comes back by itself after a setback, before the next poll', async () => {
    const world = await newWorld();
    const replica = world.replica();
    replica.start();
    replica.provisioner.failNext('apply');
    const id = await world.approve(replica);
    replica.intake.wake();
    while ((await world.steps(id))[0].state !== 'waiting') {
      await new Promise(resolve => setImmediate(resolve));
    }
    world.clock.advance({ seconds: 2 });
    replica.timers.fireOnce();
    expect(await reached(world, id, 'active')).toMatchObject({ health: 'ok' });
    await replica.stop();
  });

  it('takes nothing up before it is started and after it was stopped', async () => {
    const world = await newWorld();
    const replica = world.replica();
    const id = await world.approve(replica);
    replica.intake.wake();
    replica.start();
    await replica.stop();
    replica.intake.wake();
    replica.timers.fireRepeated();
    const other = await world.approve(replica);
    replica.intake.wake();
    await replica.stop();
    expect((await world.entitlement(other)).state).toBe('provisioning');
    expect(['provisioning', 'active']).toContain(
      (await world.entitlement(id)).state,
    );
  });

  it('works on no more steps at once than it is told to', async () => {
    const world = await newWorld();
    const replica = world.replica({ config: { concurrency: 2 } });
    const holds = [1, 2].map(() => replica.provisioner.holdNext('apply'));
    await world.approve(
      replica,
      anApproval({
        tables: { orders: 'all', customers: 'all', returns: 'all' },
      }),
    );
    const run = replica.runUntilIdle();
    await Promise.all(holds.map(hold => hold.reached));
    const running = await world
      .knex('entitlement_steps')
      .where({ state: 'running' });
    expect(running).toHaveLength(2);
    expect(replica.provisioner.calls).toHaveLength(2);
    holds.forEach(hold => hold.release());
    await run;
    expect(replica.provisioner.calls).toHaveLength(3);
  });

  it('does not let a listener that throws keep the work', async () => {
    const world = await newWorld();
    const events = new MeshEvents({ logger: mockServices.logger.mock() });
    events.on('entitlementTouched', () => {
      throw new Error('signals are down');
    });
    events.on('entitlement', async () => {
      throw new Error('notifications are down');
    });
    const replica = world.replica({ events });
    const id = await world.approve(replica);
    await replica.runUntilIdle();
    expect((await world.entitlement(id)).state).toBe('active');
  });
});
