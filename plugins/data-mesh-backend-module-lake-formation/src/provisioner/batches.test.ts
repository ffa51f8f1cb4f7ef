import { grantsAt } from '../__testUtils__/grantsAt';
import {
  anIntent,
  aPort,
  roleArn,
  tableNames,
} from '../__testUtils__/builders';
import { useLake, tableResource } from '../__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('many tables', () => {
  const names = tableNames(100);

  it('grants and revokes 100 tables in five batches each', async () => {
    await world.start({ tables: names });
    const intent = anIntent({ tables: names });
    const plan = await world.entitlements.plan(intent);
    expect(plan.steps).toHaveLength(1);
    const looks = world.lake
      .callsSince()
      .filter(name => /Tables|Permissions/.test(name));
    expect(looks).toEqual(['GetTables', 'ListPermissions']);

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

describe('entitlements that are put into effect at the same moment', () => {
  const names = tableNames(10);
  const port = aPort(names);
  const plansOf = (principal = analytics) =>
    Promise.all(
      names.map(name =>
        world.entitlements.plan(anIntent({ tables: [name], port, principal })),
      ),
    );
  const together = async () =>
    world.entitlements.carryOutTogether(await plansOf());
  const writes = () =>
    world.lake.callsSince().filter(name => /Grant|Revoke/.test(name));

  it('share one look, one batch and one proof, and end so too', async () => {
    await world.start({ tables: names });
    const plans = await plansOf();
    world.lake.callsSince();
    const outcomes = await world.entitlements.carryOutTogether(plans);
    expect(world.lake.callsSince()).toEqual([
      'ListPermissions',
      'BatchGrantPermissions',
      'ListPermissions',
    ]);
    expect(outcomes.map(({ error }) => error)).toEqual(
      names.map(() => undefined),
    );
    expect(await world.lake.grantsOf(analytics)).toHaveLength(20);
    world.lake.callsSince();

    await world.entitlements.endTogether(outcomes.map(({ live }) => live));
    expect(world.lake.callsSince()).toEqual([
      'ListPermissions',
      'BatchRevokePermissions',
      'ListPermissions',
    ]);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('share it for different principals too, each of them proved', async () => {
    await world.start({ tables: names });
    const principals = names.map(name => roleArn(`reads-${name}`));
    const plans = await Promise.all(
      names.map((name, index) =>
        world.entitlements.plan(
          anIntent({ tables: [name], port, principal: principals[index] }),
        ),
      ),
    );
    world.lake.callsSince();
    await world.entitlements.carryOutTogether(plans);
    expect(world.lake.callsSince()).toEqual([
      'ListPermissions',
      'BatchGrantPermissions',
      'ListPermissions',
    ]);
    for (const [index, name] of names.entries()) {
      expect(await world.lake.grantsOf(principals[index])).toEqual([
        `DESCRIBE ${name}`,
        `SELECT ${name}(*)`,
      ]);
    }
  });

  it('fill batches of twenty', async () => {
    const many = tableNames(45);
    await world.start({ tables: many });
    const plans = await Promise.all(
      many.map(name =>
        world.entitlements.plan(
          anIntent({ tables: [name], port: aPort(many) }),
        ),
      ),
    );
    world.lake.callsSince();
    await world.entitlements.carryOutTogether(plans, 45);
    expect(writes()).toEqual(Array(3).fill('BatchGrantPermissions'));
    expect(await world.lake.grantsOf(analytics)).toHaveLength(90);
  });

  it('fail alone where an entry of theirs fails', async () => {
    await world.start({ tables: names });
    world.lake.emulator.faults.add({
      operation: 'BatchGrantPermissions',
      resource: 't004',
      kind: 'error',
      error: { code: 'InvalidInputException', message: 'Invalid principal' },
      scope: 'entry',
    });
    const outcomes = await together();
    expect(
      outcomes.flatMap(({ error }, index) =>
        error ? [[names[index], world.lake.provisioner.classify(error)]] : [],
      ),
    ).toEqual([
      [
        't004',
        expect.objectContaining({
          code: 'InvalidInputException',
          message: 'sales.t004: InvalidInputException: Invalid principal',
          kind: 'permanent',
        }),
      ],
    ]);
    expect(writes()).toEqual(['BatchGrantPermissions']);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(18);
  });

  it('are revoked all but the one whose entry fails', async () => {
    await world.start({ tables: names });
    const outcomes = await together();
    world.lake.emulator.faults.add({
      operation: 'BatchRevokePermissions',
      resource: 't004',
      kind: 'throttle',
      scope: 'entry',
    });
    const failed = await world.entitlements
      .endTogether(outcomes.map(({ live }) => live))
      .catch(error => error);
    expect(world.lake.provisioner.classify(failed)).toMatchObject({
      kind: 'throttled',
    });
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'DESCRIBE t004',
      'SELECT t004(*)',
    ]);
  });

  it('are asked for one by one where their batch is refused, so that only the bad one fails', async () => {
    await world.start({ tables: names });
    const refused = {
      kind: 'error',
      error: { code: 'InvalidInputException', message: 'Invalid principal' },
    } as const;
    world.lake.emulator.faults.add({
      operation: 'BatchGrantPermissions',
      ...refused,
    });
    world.lake.emulator.faults.add({
      operation: 'GrantPermissions',
      resource: 't007',
      ...refused,
    });
    const outcomes = await together();
    expect(
      outcomes.flatMap(({ error }, index) => (error ? [names[index]] : [])),
    ).toEqual(['t007']);
    expect(world.lake.provisioner.classify(outcomes[7].error)).toMatchObject({
      code: 'InvalidInputException',
      message: 'Invalid principal',
      kind: 'permanent',
    });
    expect(writes()).toEqual([
      'BatchGrantPermissions',
      ...Array(10).fill('GrantPermissions'),
    ]);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(18);
  });

  it('are granted by single calls where batches are not allowed', async () => {
    await world.start({ tables: names });
    world.lake.emulator.faults.add({
      operation: 'BatchGrantPermissions',
      kind: 'error',
      error: {
        code: 'AccessDeniedException',
        message:
          'User: arn is not authorized to perform: lakeformation:BatchGrantPermissions',
      },
      times: 'always',
    });
    const outcomes = await together();
    expect(outcomes.filter(({ error }) => error)).toEqual([]);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(20);
  });

  it.each([
    { kind: 'throttle', classified: 'throttled' },
    { kind: 'internal', classified: 'transient' },
    { kind: 'reset', classified: 'transient' },
  ] as const)(
    'are all tried again later after a $kind of their batch, which is sent once',
    async ({ kind, classified }) => {
      await world.start({ tables: names, config: { maxAttempts: 1 } });
      world.lake.emulator.faults.add({
        operation: 'BatchGrantPermissions',
        kind,
      });
      const outcomes = await together();
      expect(
        outcomes.map(
          ({ error }) => world.lake.provisioner.classify(error).kind,
        ),
      ).toEqual(names.map(() => classified));
      expect(writes()).toEqual(['BatchGrantPermissions']);
      expect(await world.lake.grantsOf(analytics)).toEqual([]);

      await world.entitlements.retry(world.entitlements.inForce);
      expect(await world.lake.grantsOf(analytics)).toHaveLength(20);
    },
  );

  it('do not lose their batch to one that is aborted', async () => {
    await world.start({ tables: names });
    const steps = (await plansOf()).flatMap(plan => plan.steps);
    const { provisioner } = world.lake;
    const observation = await provisioner.observe(steps[0]);
    const hold = world.lake.emulator.faults.add({
      operation: 'BatchGrantPermissions',
      kind: 'hold',
    });
    const leaver = new AbortController();
    const applied = steps.map((step, index) =>
      provisioner.apply(step, {
        observation,
        ...(index === 0 && { signal: leaver.signal }),
      }),
    );
    const left = world.failing(applied[0]);
    await hold.reached();
    leaver.abort();
    expect(await left).toMatchObject({ code: 'AbortError', kind: 'transient' });
    hold.release();
    await Promise.all(applied.slice(1));
    // What had been sent for it before it left has been granted as well: its
    // next attempt finds it so.
    expect(await provisioner.observe(steps[0])).toMatchObject({
      state: 'present',
    });
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
    const grants = await grantsAt(world.lake.provisioner, aPort(names));
    // SELECT has a line of its own.
    expect(grants).toHaveLength(60);
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
    const grants = await grantsAt(world.lake.provisioner, aPort());
    expect([...new Set(grants.map(grant => grant.principal.name))]).toEqual([
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
