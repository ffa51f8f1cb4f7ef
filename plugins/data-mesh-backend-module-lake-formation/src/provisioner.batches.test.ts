import { anIntent, aPort, roleArn, tableNames } from './__testUtils__/builders';
import { useLake, tableResource } from './__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('many tables', () => {
  const names = tableNames(100);

  it('grants and revokes 100 tables in five batches each', async () => {
    await world.start({ tables: names });
    const intent = anIntent({ tables: names });
    const plan = await world.entitlements.plan(intent);
    expect(plan.steps).toHaveLength(1);
    expect(world.lake.callsSince()).toEqual(['GetTables', 'ListPermissions']);

    const live = await world.entitlements.carryOut(plan);
    expect(world.lake.callsSince()).toEqual([
      'ListPermissions',
      ...Array(5).fill('BatchGrantPermissions'),
      'ListPermissions',
    ]);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(200);
    world.lake.callsSince();

    await world.entitlements.end(live);
    expect(world.lake.callsSince()).toEqual([
      'ListPermissions',
      ...Array(5).fill('BatchRevokePermissions'),
      'ListPermissions',
    ]);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('makes a step of each hundred tables', async () => {
    const many = tableNames(230);
    await world.start({ tables: many });
    const { plan, live } = await world.entitlements.grant(
      anIntent({ tables: many }),
    );
    expect(plan.steps.map(step => step.locks?.length)).toEqual([100, 100, 30]);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(460);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('grants the others where one entry of a batch fails, and the rest when tried again', async () => {
    await world.start({ tables: names });
    world.lake.emulator.faults.add({
      operation: 'BatchGrantPermissions',
      resource: 't042',
      kind: 'error',
      error: {
        code: 'ConcurrentModificationException',
        message: 'Permission update/Delete failed for Resource',
      },
      scope: 'entry',
    });
    const failed = await world.entitlements
      .grant(anIntent({ tables: names }))
      .catch(error => error);
    expect(world.lake.provisioner.classify(failed)).toEqual({
      code: 'ConcurrentModificationException',
      message:
        '1 of 100 entries failed: sales.t042: ConcurrentModificationException: Permission update/Delete failed for Resource',
      kind: 'transient',
    });
    expect(await world.lake.grantsOf(analytics)).toHaveLength(198);
    world.lake.callsSince();

    await world.entitlements.retry(world.entitlements.inForce);
    expect(
      world.lake.callsSince().filter(one => one.includes('Grant')),
    ).toEqual(['GrantPermissions']);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(200);
    await world.entitlements.end(world.entitlements.inForce);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('revokes the others where one entry of a batch fails', async () => {
    await world.start({ tables: names });
    const { live } = await world.entitlements.grant(
      anIntent({ tables: names }),
    );
    world.lake.emulator.faults.add({
      operation: 'BatchRevokePermissions',
      resource: 't007',
      kind: 'throttle',
      scope: 'entry',
    });
    const failed = await world.entitlements.end(live).catch(error => error);
    expect(world.lake.provisioner.classify(failed)).toMatchObject({
      kind: 'throttled',
    });
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'DESCRIBE t007',
      'SELECT t007(*)',
    ]);
  });
});

describe('paging', () => {
  it('reads all pages of permissions and tables', async () => {
    const names = tableNames(30);
    await world.start({
      tables: names,
      pageSizes: { tables: 7, permissions: 9 },
    });
    const { live } = await world.entitlements.grant(
      anIntent({ tables: names }),
    );
    expect(await world.lake.grantsOf(analytics)).toHaveLength(60);
    const grants = await world.lake.provisioner.listGrants(aPort(names));
    expect(grants).toHaveLength(30);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('pages the listing of one table', async () => {
    await world.start({ pageSizes: { permissions: 2 } });
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await world.foreignGrant(
        tableResource('orders'),
        ['SELECT', 'DESCRIBE'],
        roleArn(name),
      );
    }
    const grants = await world.lake.provisioner.listGrants(aPort());
    expect(grants.map(grant => grant.principal.name)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
  });

  it('asks table by table where the catalog has more pages than that costs', async () => {
    const names = tableNames(40);
    await world.start({ tables: names, pageSizes: { permissions: 5 } });
    await world.entitlements.grant(
      anIntent({ tables: names, principal: roleArn('other') }),
    );
    const few = anIntent({ tables: names.slice(0, 3), port: aPort(names) });
    await world.entitlements.plan(few);
    world.lake.callsSince();
    await world.entitlements.plan(few);
    // Known to be large by now: one listing a table and one for all tables.
    expect(
      world.lake.callsSince().filter(name => name === 'ListPermissions'),
    ).toHaveLength(4);
  });

  it('looks tables up by name where the database is large', async () => {
    const names = tableNames(40);
    await world.start({ tables: names, pageSizes: { tables: 2 } });
    await world.entitlements.plan(
      anIntent({ tables: ['t020', 't030'], port: aPort(names) }),
    );
    expect(
      world.lake.callsSince().filter(name => name.startsWith('GetTable')),
    ).toEqual(['GetTables', 'GetTables', 'GetTable', 'GetTable']);
  });
});
