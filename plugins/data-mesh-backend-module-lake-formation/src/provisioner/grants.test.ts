import {
  ACCOUNT,
  DATABASE,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import {
  useLake,
  tableResource,
  columnsResource,
} from '../__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('granting and revoking', () => {
  it('grants a whole table and takes it away again', async () => {
    await world.start();
    const { live, plan } = await world.entitlements.grant(anIntent());
    expect(plan.steps.map(step => step.words.text)).toEqual([
      'Grant SELECT and DESCRIBE on `sales.orders` to `analytics`',
    ]);
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'DESCRIBE orders',
      'SELECT orders(*)',
    ]);

    const ended = await world.entitlements.end(live);
    expect(ended).toEqual({
      removed: ['SELECT and DESCRIBE on `sales.orders`'],
      kept: [],
    });
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('grants chosen columns and takes them away again', async () => {
    await world.start();
    const { live, plan } = await world.entitlements.grant(
      anIntent({ tables: [{ table: 'orders', columns: ['email', 'amount'] }] }),
    );
    expect(plan.steps[0].words.text).toBe(
      'Grant SELECT on columns `amount` and `email` of `sales.orders` to `analytics`',
    );
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'SELECT orders(amount,email)',
    ]);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('grants whole tables and chosen columns in one batch', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(
      anIntent({
        tables: ['customers', { table: 'orders', columns: ['amount'] }],
      }),
    );
    expect(
      world.lake.callsSince().filter(name => name.includes('Grant')),
    ).toEqual(['BatchGrantPermissions']);
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'DESCRIBE customers',
      'SELECT customers(*)',
      'SELECT orders(amount)',
    ]);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it('carries a step out from its stored data alone', async () => {
    await world.start();
    const plan = await world.entitlements.plan(anIntent());
    await world.entitlements.carryOut(JSON.parse(JSON.stringify(plan)));
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'DESCRIBE orders',
      'SELECT orders(*)',
    ]);
  });

  it('grants to IAM users too', async () => {
    await world.start();
    const user = `arn:aws:iam::${ACCOUNT}:user/ann`;
    const { live } = await world.entitlements.grant(
      anIntent({ principal: user }),
    );
    expect(await world.lake.grantsOf(user)).toHaveLength(2);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(user)).toEqual([]);
  });

  it('remembers when the tables were made, and who access is given to', async () => {
    await world.start();
    const { identities } = await world.lake.provisioner.resolve(anIntent());
    expect(Object.keys(identities)).toEqual([
      'table:sales.orders',
      `principal:${roleArn('analytics')}`,
    ]);
    expect(Date.parse(identities['table:sales.orders'])).not.toBeNaN();
  });
});

describe('grants that others made', () => {
  it('leaves a table that was held before us', async () => {
    await world.start();
    await world.foreignGrant(tableResource('orders'), ['SELECT', 'DESCRIBE']);
    const { plan, live } = await world.entitlements.grant(anIntent());
    expect(plan.steps[0].done).toBe(true);
    world.lake.callsSince();
    expect(await world.entitlements.end(live)).toEqual({
      removed: [],
      kept: [
        'SELECT and DESCRIBE on `sales.orders`: was there before this access was granted',
      ],
    });
    expect(world.lake.callsSince()).toEqual(['ListPermissions']);
    expect(await world.lake.grantsOf(analytics)).toHaveLength(2);
  });

  it('leaves the columns that were held before us, and takes the others', async () => {
    await world.start();
    await world.foreignGrant(columnsResource('orders', ['amount']), ['SELECT']);
    const { live } = await world.entitlements.grant(
      anIntent({ tables: [{ table: 'orders', columns: ['amount', 'email'] }] }),
    );
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'SELECT orders(amount)',
    ]);
  });

  it('widens chosen columns to the whole table, and narrows it back to them', async () => {
    await world.start();
    await world.foreignGrant(columnsResource('orders', ['amount']), ['SELECT']);
    const { plan, live } = await world.entitlements.grant(anIntent());
    expect(plan.steps[0].words.text).toBe(
      'Grant SELECT on `sales.orders` to `analytics`',
    );
    expect(await world.lake.grantsOf(analytics)).toEqual(['SELECT orders(*)']);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'SELECT orders(amount)',
    ]);
  });

  it('plans the same again after it was widened', async () => {
    await world.start();
    await world.foreignGrant(columnsResource('orders', ['amount']), ['SELECT']);
    const { plan } = await world.entitlements.grant(anIntent());
    const again = await world.entitlements.plan(anIntent());
    // What was left to be done is done by now.
    const { effects: _, ...step } = plan.steps[0];
    expect(again.steps).toEqual([{ ...step, done: true }]);
  });

  it('leaves a wider grant that somebody made over ours', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(
      anIntent({ tables: [{ table: 'orders', columns: ['amount'] }] }),
    );
    await world.foreignGrant(tableResource('orders'), ['SELECT']);
    const { removed, kept } = await world.entitlements.end(live);
    expect(removed).toEqual([]);
    expect(kept).toEqual([
      expect.stringMatching(/^SELECT on column `amount` .*someone else/),
    ]);
    expect(await world.lake.grantsOf(analytics)).toEqual(['SELECT orders(*)']);
  });

  it('takes the last column away from a principal that held all but that before', async () => {
    await world.start({
      account: {
        grants: [
          {
            principal: analytics,
            resource: {
              database: DATABASE,
              table: 'orders',
              excludedColumns: ['email'],
            },
            permissions: ['SELECT'],
          },
        ],
      },
    });
    const { live } = await world.entitlements.grant(
      anIntent({ tables: [{ table: 'orders', columns: ['email'] }] }),
    );
    expect(await world.lake.grantsOf(analytics)).toEqual(['SELECT orders(*)']);
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([
      'SELECT orders(* but email)',
    ]);
  });

  it('refuses columns beside DESCRIBE at planning, with the way out', async () => {
    await world.start();
    await world.foreignGrant(tableResource('orders'), ['DESCRIBE']);
    await expect(
      world.entitlements.plan(
        anIntent({ tables: [{ table: 'orders', columns: ['amount'] }] }),
      ),
    ).rejects.toThrow(
      'scope.tables: `analytics` holds DESCRIBE on `sales.orders`, and Lake Formation refuses SELECT on chosen columns beside it. Ask for the whole table, or have DESCRIBE on `sales.orders` revoked from `analytics` first',
    );
  });

  it('does not touch what another principal holds', async () => {
    await world.start();
    const etl = roleArn('etl');
    await world.foreignGrant(tableResource('orders'), ['ALL'], etl);
    const before = await world.lake.grantsOf(etl);
    const { live } = await world.entitlements.grant(anIntent());
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(etl)).toEqual(before);
  });

  it('counts a revoke of what somebody revoked already as done', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(anIntent());
    const [{ step, baseline }] = live;
    const observation = await world.lake.provisioner.observe(step);
    const context = { observation, baseline, others: [] };
    await world.lake.provisioner.undo(step, context);
    await world.lake.provisioner.undo(step, context);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });
});

describe('entitlements that overlap', () => {
  const wholeTable = anIntent();
  const oneColumn = anIntent({
    tables: [{ table: 'orders', columns: ['amount'] }],
  });
  const otherColumns = anIntent({
    tables: [{ table: 'orders', columns: ['amount', 'email'] }],
  });

  it.each([
    {
      name: 'columns that another one needs',
      first: oneColumn,
      second: otherColumns,
      ends: 1,
      left: ['SELECT orders(amount)'],
    },
    {
      name: 'columns, where the other one has more',
      first: oneColumn,
      second: otherColumns,
      ends: 0,
      left: ['SELECT orders(amount,email)'],
    },
    {
      name: 'the whole table, where the other one has a column',
      first: wholeTable,
      second: oneColumn,
      ends: 0,
      left: ['SELECT orders(amount)'],
    },
    {
      name: 'a column, where the other one has the whole table',
      first: oneColumn,
      second: wholeTable,
      ends: 0,
      left: ['SELECT orders(*)'],
    },
    {
      name: 'the same',
      first: wholeTable,
      second: wholeTable,
      ends: 0,
      left: ['DESCRIBE orders', 'SELECT orders(*)'],
    },
  ])('keeps, when one ends, $name', async ({ first, second, ends, left }) => {
    await world.start();
    const both = [
      await world.entitlements.grant(first),
      await world.entitlements.grant(second),
    ];
    await world.entitlements.end(both[ends].live);
    expect(await world.lake.grantsOf(analytics)).toEqual(left);
    await world.entitlements.end(both[1 - ends].live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });
});
