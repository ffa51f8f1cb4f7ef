import type { FakeGrant } from '../testing/FakeSystem';
import { testDatabases } from '../testing/databases';
import { aPort } from '../testing/provisioningFixture';
import { ADMIN, ScanningWorld } from '../testing/scanningFixture';

const databases = testDatabases();
const all = ['id', 'amount', 'email'];

describe.each(databases.eachSupportedId())('scanning on %s', databaseId => {
  const newWorld = async () =>
    ScanningWorld.on(await databases.migrated(databaseId));

  it('tells of each grant why it is there', async () => {
    const world = await newWorld();
    const one = world.replica();
    one.provisioner.scanner.administrators.add('fake:admin');
    world.system.give('fake:analyst', 'sales.customers', ['id']);
    world.system.give('fake:admin', 'sales.orders', all);
    world.system.give('IAM_ALLOWED_PRINCIPALS', 'sales.orders', all);
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.active(one, {
      tables: { orders: 'all', customers: ['id'] },
    });

    const [outcome] = await world.scan(one);
    expect(outcome).toMatchObject({
      state: 'done',
      changes: { added: 5, changed: 0, removed: 0 },
    });
    expect(await world.reasons()).toEqual({
      'IAM_ALLOWED_PRINCIPALS sales.orders': 'unrestricted',
      'fake:admin sales.orders': 'administrator',
      'fake:analyst sales.customers': 'before-us',
      'fake:analyst sales.orders': 'entitlement',
      'fake:other sales.returns': 'unexplained',
    });
    expect(await world.drift()).toEqual(['excess fake:other sales.returns']);
    expect(one.news).toMatchObject([
      { kind: 'excess', count: 1, productRef: 'dataproduct:default/orders' },
    ]);
  });

  it('writes nothing where nothing has changed, and tells nobody twice', async () => {
    const world = await newWorld();
    const one = world.replica();
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.active(one);
    await world.scan(one);
    const before = await world.live();
    const drift = await world.knex('drift_items');
    const written = new Set<string>();
    const note = ({ sql }: { sql: string }) => {
      const table = /^(?:insert into|update) [`"]?(\w+)/.exec(sql)?.[1];
      if (table) written.add(table);
    };
    world.knex.on('query', note);
    const [outcome] = await world.scan(one);
    world.knex.removeListener('query', note);

    expect(outcome.changes).toEqual({ added: 0, changed: 0, removed: 0 });
    expect(await world.live()).toEqual(before);
    expect(await world.knex('drift_items')).toEqual(drift);
    // Drift is compared in the database, where nothing differs.
    expect([...written].sort()).toEqual([
      'drift_items',
      'entitlement_checks',
      'scan_clock',
      'scan_targets',
      'scans',
    ]);
    expect(one.news).toHaveLength(1);
  });

  it('keeps what was held before a change, for questions about a date', async () => {
    const world = await newWorld();
    const one = world.replica();
    world.system.give('fake:other', 'sales.returns', ['id']);
    await world.scan(one);
    const then = world.clock.now().toISOString();
    world.system.give('fake:other', 'sales.returns', ['amount']);
    const [changed] = await world.scan(one);
    expect(changed.changes).toEqual({ added: 0, changed: 1, removed: 0 });
    world.system.take('fake:other', 'sales.returns');
    const [removed] = await world.scan(one);
    expect(removed.changes).toEqual({ added: 0, changed: 0, removed: 1 });

    expect((await one.explorer.list(ADMIN, {})).items).toEqual([]);
    const { items } = await one.explorer.list(ADMIN, { at: then });
    expect(items.map(item => item.grant.resource.columns)).toEqual([['id']]);
    const what = await one.questions.what(ADMIN, {
      principal: 'fake:other',
      at: then,
    });
    expect(what).toMatchObject({
      asOf: then,
      items: [{ resource: { table: 'returns', columns: ['id'] } }],
    });
    expect(await world.drift()).toEqual([]);
  });

  it('changes nothing where it fails half-way', async () => {
    const world = await newWorld();
    const one = world.replica();
    one.provisioner.scanner.pageSize = 2;
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      world.system.give(`fake:${name}`, 'sales.orders', ['id']);
    }
    await world.scan(one);
    const before = await world.live();
    world.system.take('fake:a', 'sales.orders');
    world.system.give('fake:x', 'sales.orders', ['id']);
    one.provisioner.passNext('scan', 2);
    one.provisioner.failNext('scan');

    const [outcome] = await world.scan(one);
    expect(outcome).toMatchObject({
      state: 'failed',
      error: 'SlowDown: The fake system answered SlowDown',
    });
    expect(await world.live()).toEqual(before);
    expect(await world.knex('scan_changes')).toEqual([]);
    const { items } = await one.scans.status(ADMIN);
    expect(items[0]).toMatchObject({
      grants: 5,
      last: { state: 'failed' },
      lastDone: { state: 'done', grants: 5, added: 5, calls: 3 },
    });

    const [next] = await world.scan(one);
    expect(next.changes).toEqual({ added: 1, changed: 0, removed: 1 });
  });

  it('halts where it would change too much, and goes on when a person says so', async () => {
    const world = await newWorld();
    const one = world.replica({ config: { haltAboveCount: 3 } });
    const names = Array.from({ length: 10 }, (_, index) => `fake:p${index}`);
    names.forEach(name => world.system.give(name, 'sales.orders', ['id']));
    await world.scan(one);
    names.slice(0, 4).forEach(name => world.system.take(name, 'sales.orders'));

    const [outcome] = await world.scan(one);
    expect(outcome).toMatchObject({
      state: 'halted',
      changes: { added: 0, removed: 4 },
      error: expect.stringMatching(/add 0 and remove 4 of 10 grants/),
    });
    expect(await world.live()).toHaveLength(10);
    const { last } = (await one.scans.status(ADMIN)).items[0];
    expect(last).toMatchObject({ state: 'halted' });
    const id = last?.id ?? '';

    await expect(one.scans.release(ADMIN, id, '  ')).rejects.toThrow(/reason/);
    // Another replica may release it: all that it needs is recorded.
    const released = await world
      .replica()
      .scans.release(ADMIN, id, 'A team was dissolved');
    expect(released.items[0].last).toMatchObject({ id, state: 'done' });
    expect(await world.live()).toHaveLength(6);
    await expect(one.scans.release(ADMIN, id, 'Again')).rejects.toThrow(
      /only a halted one/,
    );
    const [trail] = await world
      .knex('audit_events')
      .where({ action: 'scan.released' });
    expect(trail).toMatchObject({ actor_ref: ADMIN.userRef });
    expect(trail.after).toContain('A team was dissolved');
    const [halted] = await world
      .knex('audit_events')
      .where({ action: 'scan.halted' });
    expect(halted).toMatchObject({
      actor_ref: 'plugin:data-mesh',
      subject: `scan:${id}`,
    });
  });

  it('overtakes a halted scan by one that sees what is known', async () => {
    const world = await newWorld();
    const one = world.replica({ config: { haltAboveCount: 1 } });
    const names = ['fake:a', 'fake:b', 'fake:c'];
    names.forEach(name => world.system.give(name, 'sales.orders', ['id']));
    await world.scan(one);
    names.forEach(name => world.system.take(name, 'sales.orders'));
    await world.scan(one);
    const id = (await one.scans.status(ADMIN)).items[0].last?.id ?? '';
    names.forEach(name => world.system.give(name, 'sales.orders', ['id']));

    const [outcome] = await world.scan(one);
    expect(outcome.state).toBe('done');
    await expect(one.scans.release(ADMIN, id, 'Late')).rejects.toThrow(
      /is failed, only a halted one/,
    );
    expect(await world.live()).toHaveLength(3);
    expect(await world.knex('scan_changes')).toEqual([]);
  });

  it('scans the others where one target fails, and each target by itself', async () => {
    const world = await newWorld();
    world.ports = [
      aPort(),
      aPort({ name: 'mart', location: { database: 'mart' } }),
    ];
    const one = world.replica();
    world.system.give('fake:a', 'mart.orders', ['id']);
    world.system.give('fake:a', 'sales.orders', ['id']);
    one.provisioner.failNext('scan');
    const outcomes = await world.scan(one);
    expect(
      outcomes.map(({ claim, state }) => [claim.target.id, state]),
    ).toEqual([
      ['fake:mart', 'failed'],
      ['fake:sales', 'done'],
    ]);
    expect(Object.keys(await world.reasons())).toEqual(['fake:a sales.orders']);

    await one.scans.start(ADMIN, { targetId: 'fake:mart' });
    await one.scanner.idle();
    expect(Object.keys(await world.reasons())).toEqual([
      'fake:a mart.orders',
      'fake:a sales.orders',
    ]);
    await expect(
      one.scans.start(ADMIN, { targetId: 'fake:none' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('lets one replica scan a target, and another take over when that one dies', async () => {
    const world = await newWorld();
    const [first, second] = [world.replica(), world.replica()];
    world.system.give('fake:a', 'sales.orders', ['id']);
    const held = first.provisioner.holdNext('scan');
    const dying = first.scanner.pass();
    await held.reached;

    await second.scanner.pass();
    await second.upkeep();
    expect(second.outcomes).toEqual([]);
    const running = (await second.scans.status(ADMIN)).items[0].last;
    expect(running).toMatchObject({ state: 'running' });

    world.clock.advance({ seconds: 61 });
    await second.upkeep();
    expect(second.outcomes).toMatchObject([
      { state: 'done', changes: { added: 1 } },
    ]);
    const done = (await second.scans.status(ADMIN)).items[0].last;
    expect(done).toMatchObject({ id: running?.id, state: 'done', grants: 1 });

    // The first one wakes up, and finds that its lease is gone.
    held.release();
    await dying;
    expect(first.outcomes).toEqual([]);
    expect(await world.live()).toHaveLength(1);
  });

  it('leaves a scan to the next replica when it is shut down', async () => {
    const world = await newWorld();
    const [first, second] = [world.replica(), world.replica()];
    world.system.give('fake:a', 'sales.orders', ['id']);
    const held = first.provisioner.holdNext('scan');
    const pass = first.scanner.pass();
    await held.reached;
    await first.stop();
    await pass;
    await second.upkeep();
    expect(second.outcomes).toMatchObject([{ state: 'done' }]);
  });

  it('sees two replicas scan at the same time without doubling anything', async () => {
    const world = await newWorld();
    const replicas = [world.replica(), world.replica()];
    const grants: FakeGrant[] = Array.from({ length: 300 }, (_, index) => ({
      principal: `fake:p${index % 30}`,
      table: `sales.t${Math.floor(index / 30)}`,
      columns: ['id'],
    }));
    grants.forEach(one =>
      world.system.give(one.principal, one.table, one.columns),
    );
    await Promise.all(replicas.map(one => one.scanner.pass()));
    await Promise.all(replicas.map(one => one.upkeep()));
    expect(await world.live()).toHaveLength(300);
    const outcomes = replicas.flatMap(one => one.outcomes);
    const added = outcomes.reduce((sum, one) => sum + one.changes.added, 0);
    expect(added).toBe(300);
    expect(await world.drift()).toHaveLength(300);
    const told = replicas
      .flatMap(one => one.news)
      .reduce((sum, one) => sum + one.count, 0);
    expect(told).toBe(300);
  });
});
