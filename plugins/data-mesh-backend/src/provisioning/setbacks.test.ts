import { FakeProvisioner } from '../testing/FakeProvisioner';
import { FakeSystemError } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import {
  aCaller,
  anApproval,
  ProvisioningWorld,
} from '../testing/provisioningFixture';
import { revokeEntitlement } from '../entitlements/actions/ending';

const OWNER = aCaller('user:default/omar', ['group:default/sales']);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('setbacks on %s', databaseId => {
  const newWorld = async () =>
    ProvisioningWorld.on(await databases.migrated(databaseId));

  it('waits longer after each throttled attempt, and goes on where it was', async () => {
    const world = await newWorld();
    const replica = world.replica({
      config: { backoff: { initialMs: 1000, maxMs: 10_000 } },
    });
    replica.provisioner.failNext('apply', undefined, { times: 2 });
    const id = await world.approve(replica);

    await replica.runUntilIdle();
    expect(await world.steps(id)).toMatchObject([
      {
        state: 'waiting',
        attempts: 1,
        next_attempt_at: '2026-11-23T08:00:01.000Z',
      },
    ]);
    world.clock.advance({ seconds: 1 });
    await replica.runUntilIdle();
    expect(await world.steps(id)).toMatchObject([
      {
        state: 'waiting',
        attempts: 2,
        next_attempt_at: '2026-11-23T08:00:03.000Z',
      },
    ]);
    expect(await world.entitlement(id)).toMatchObject({
      state: 'provisioning',
    });
    world.clock.advance({ seconds: 2 });
    await replica.runUntilIdle();

    expect(await world.entitlement(id)).toMatchObject({ state: 'active' });
  });

  it('looks again after an undo, as long as a call without an answer may arrive', async () => {
    const world = await newWorld();
    const late: Array<() => void> = [];
    const system = world.system;
    const provisioner = new FakeProvisioner({
      list: table => system.list(table),
      all: () => system.all(),
      revoke: grant => system.revoke(grant),
      grant: async grant => {
        late.push(() =>
          system.give(grant.principal, grant.table, grant.columns),
        );
        throw Object.assign(new Error('socket hang up'), {
          code: 'ECONNRESET',
        });
      },
    });
    const replica = world.replica({ provisioner });
    const id = await world.approve(replica);
    await replica.runUntilIdle();
    const { version } = await world.entitlement(id);
    await revokeEntitlement(replica.entitlements, OWNER, id, {
      version,
      reason: 'Done',
    });
    world.clock.advance({ seconds: 1 });
    await replica.runUntilIdle();
    expect(await world.entitlement(id)).toMatchObject({ state: 'revoking' });
    expect(await world.steps(id)).toMatchObject([
      {
        state: 'waiting',
        direction: 'undo',
        last_error: expect.stringContaining('LooksAgain'),
      },
    ]);

    late.forEach(arrive => arrive());
    expect(system.held()).toHaveLength(1);
    world.clock.advance({ seconds: 360 });
    await replica.runUntilIdle();
    expect(system.held()).toEqual([]);
    expect(await world.entitlement(id)).toMatchObject({ state: 'revoked' });
  });

  it('gives up after the last attempt, and says so', async () => {
    const world = await newWorld();
    const replica = world.replica({ config: { maxAttempts: 3 } });
    replica.provisioner.failNext('observe', undefined, { times: 3 });
    const id = await world.approve(replica);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await replica.runUntilIdle();
      world.clock.advance({ days: 1 });
    }

    expect(await world.entitlement(id)).toMatchObject({
      state: 'failed',
      failedFrom: 'provisioning',
      error: {
        code: 'SlowDown',
        kind: 'throttled',
        message: expect.stringMatching(/given up after 3 attempts/),
        advice: 'Retry when the system answers again',
      },
    });
    expect(replica.notices.map(notice => notice.kind)).toEqual(['failed']);
    expect(await world.trail(id)).toEqual([
      'entitlement.provisioning',
      'step.failed',
      'entitlement.failed',
    ]);
  });

  it('stops at a permanent error: steps not yet begun stay pending, and it is not active', async () => {
    const world = await newWorld();
    const replica = world.replica({ config: { concurrency: 1 } });
    replica.provisioner.passNext('apply');
    replica.provisioner.failNext(
      'apply',
      new FakeSystemError('AccessDenied', 'permanent'),
    );
    const id = await world.approve(
      replica,
      anApproval({
        tables: { orders: 'all', customers: 'all', returns: 'all' },
      }),
    );

    await replica.runUntilIdle();

    expect((await world.steps(id)).map(step => step.state)).toEqual([
      'done',
      'failed',
      'pending',
    ]);
    expect(await world.entitlement(id)).toMatchObject({
      state: 'failed',
      failedFrom: 'provisioning',
      error: {
        code: 'AccessDenied',
        kind: 'permanent',
        advice: 'Ask the fake admin',
        at: '2026-11-23T08:00:00.000Z',
      },
    });
  });

  it('never claims to be active before the system lists the grant', async () => {
    const world = await newWorld();
    const provisioner = new FakeProvisioner({
      list: async () => [],
      all: async () => [],
      grant: async () => {},
      revoke: async () => {},
    });
    const replica = world.replica({ provisioner, config: { maxAttempts: 2 } });
    const id = await world.approve(replica);

    await replica.runUntilIdle();
    expect(await world.entitlement(id)).toMatchObject({
      state: 'provisioning',
    });
    expect(await world.steps(id)).toMatchObject([
      {
        state: 'waiting',
        last_error: expect.stringMatching(/lists nothing of it yet/),
      },
    ]);
    world.clock.advance({ days: 1 });
    await replica.runUntilIdle();

    expect(await world.entitlement(id)).toMatchObject({
      state: 'failed',
      activatedAt: undefined,
      error: { code: 'NotYetVisible' },
    });
  });

  it('never claims to be revoked while the system still lists the grant', async () => {
    const world = await newWorld();
    const replica = world.replica({ config: { maxAttempts: 2 } });
    const id = await world.approve(replica);
    await replica.runUntilIdle();
    jest.spyOn(world.system, 'revoke').mockResolvedValue(undefined);
    world.clock.advance({ days: 30 });
    await replica.expire();
    await replica.runUntilIdle();
    world.clock.advance({ days: 1 });
    await replica.runUntilIdle();

    expect(await world.entitlement(id)).toMatchObject({
      state: 'failed',
      failedFrom: 'revoking',
      endedAt: undefined,
      error: {
        code: 'StillVisible',
        message: expect.stringMatching(/still lists: .*sales\.orders\.amount/),
      },
    });
  });

  it('fails with advice where nobody serves the port any more', async () => {
    const world = await newWorld();
    const replica = world.replica({
      provisioner: new FakeProvisioner(world.system, 'other'),
    });
    const id = await world.approve(replica);

    await replica.runUntilIdle();

    expect(await world.entitlement(id)).toMatchObject({
      state: 'failed',
      error: {
        code: 'ProvisionerMissing',
        advice: `Install the backend module for 'fake', then retry`,
      },
    });
  });
});
