import { grantsAt } from '../__testUtils__/grantsAt';
import {
  COLUMNS,
  DATABASE,
  anIntent,
  aPort,
  roleArn,
  tableNames,
} from '../__testUtils__/builders';
import { aTable } from '../__testUtils__/EmulatedLake';
import { useLake } from '../__testUtils__/useLake';

const world = useLake();
const analytics = roleArn('analytics');

describe('when AWS is not well', () => {
  it('outlasts a throttle and an error of the service', async () => {
    await world.start();
    world.lake.emulator.faults.add({
      operation: 'GrantPermissions',
      kind: 'throttle',
    });
    world.lake.emulator.faults.add({
      operation: 'ListPermissions',
      kind: 'internal',
    });
    await world.entitlements.grant(anIntent());
    expect(await world.lake.grantsOf(analytics)).toHaveLength(2);
  });

  it.each([
    { kind: 'throttle', classified: 'throttled' },
    { kind: 'internal', classified: 'transient' },
    { kind: 'reset', classified: 'transient' },
    { kind: 'timeout', classified: 'transient' },
  ] as const)('says $classified after a $kind that lasts', async fault => {
    await world.start({ config: { maxAttempts: 1, requestTimeoutMs: 200 } });
    world.lake.emulator.faults.add({
      operation: 'GrantPermissions',
      kind: fault.kind,
      times: 'always',
    });
    expect(
      await world.failing(world.entitlements.grant(anIntent())),
    ).toMatchObject({
      kind: fault.classified,
    });
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });

  it.each(['before', 'after'] as const)(
    'finishes after a reset %s the grant took effect',
    async when => {
      await world.start({ config: { maxAttempts: 1 } });
      world.lake.emulator.faults.add({
        operation: 'GrantPermissions',
        kind: 'reset',
        when,
      });
      expect(
        await world.failing(world.entitlements.grant(anIntent())),
      ).toMatchObject({
        kind: 'transient',
      });
      await world.entitlements.retry(world.entitlements.inForce);
      expect(await world.lake.grantsOf(analytics)).toHaveLength(2);
      await world.entitlements.end(world.entitlements.inForce);
      expect(await world.lake.grantsOf(analytics)).toEqual([]);
    },
  );

  it('stops when it is aborted', async () => {
    await world.start();
    const hold = world.lake.emulator.faults.add({
      operation: 'GetTable',
      kind: 'hold',
    });
    const abort = new AbortController();
    const resolving = world.lake.provisioner.resolve(anIntent(), {
      signal: abort.signal,
    });
    const outcome = world.failing(resolving);
    await hold.reached();
    abort.abort();
    expect(await outcome).toMatchObject({ code: 'AbortError' });
  });

  it('says that AWS cannot be reached', async () => {
    await world.start({ config: { maxAttempts: 1 } });
    await world.lake.emulator.stop();
    expect(
      await world.failing(world.entitlements.plan(anIntent())),
    ).toMatchObject({
      code: 'ECONNREFUSED',
      kind: 'transient',
    });
  });
});

describe('a table that was deleted', () => {
  /** As AWS may answer for a table that is gone while its grants are not. */
  const hideTable = () =>
    world.lake.emulator.faults.add({
      operation: 'ListPermissions',
      resource: 'orders',
      kind: 'error',
      error: { code: 'EntityNotFoundException', message: 'Table not found.' },
      times: 'always',
    });

  it('keeps its grants, which are found in the catalog and taken away', async () => {
    await world.start();
    const { live } = await world.entitlements.grant(anIntent());
    hideTable();
    expect(await world.lake.provisioner.observe(live[0].step)).toMatchObject({
      state: 'present',
    });
    await world.entitlements.end(live);
    expect(await world.lake.grantsOf(analytics)).toEqual([]);
  });
});

describe('what AWS refuses', () => {
  it('tells which right is missing where the grantor is not an administrator', async () => {
    await world.start({
      accessKeyId: 'AKIAGRANTOR',
      account: {
        keys: [{ accessKeyId: 'AKIAGRANTOR', principal: roleArn('backstage') }],
        databases: [
          {
            name: DATABASE,
            // It sees the table, and may not give it away.
            tables: [aTable('orders')],
          },
        ],
        grants: [
          {
            principal: roleArn('backstage'),
            resource: { database: DATABASE, table: 'orders' },
            permissions: ['SELECT', 'DESCRIBE'],
          },
        ],
      },
    });
    expect(
      await world.failing(world.entitlements.grant(anIntent())),
    ).toMatchObject({
      code: 'AccessDeniedException',
      kind: 'permanent',
      advice: expect.stringContaining('data lake administrator'),
    });
  });

  it('says that the role does not exist', async () => {
    await world.start({ account: { roles: ['etl'] } });
    expect(
      await world.failing(world.entitlements.grant(anIntent())),
    ).toMatchObject({
      code: 'InvalidInputException',
      kind: 'permanent',
      advice: expect.stringContaining('does not exist'),
    });
  });

  it('says that the credentials are not accepted', async () => {
    await world.start({ accessKeyId: 'AKIANOBODYKNOWS' });
    expect(
      await world.failing(world.entitlements.plan(anIntent())),
    ).toMatchObject({
      code: 'UnrecognizedClientException',
      kind: 'permanent',
      advice: expect.stringContaining('aws.accounts'),
    });
  });

  it('says that the account has no credentials', async () => {
    await world.start();
    const other = '111122223333';
    expect(
      await world.failing(
        grantsAt(
          world.lake.provisioner,
          aPort(['orders'], { catalogId: other }),
        ),
      ),
    ).toMatchObject({
      code: 'CredentialsError',
      kind: 'permanent',
      advice: expect.stringContaining(other),
    });
  });

  it('names a table that does not exist', async () => {
    await world.start();
    await expect(
      world.entitlements.plan(anIntent({ tables: ['nowhere'] })),
    ).rejects.toThrow(
      "scope.tables: `nowhere` not found in database 'sales' of Glue catalog 210987654321 in eu-central-1",
    );
  });

  it('names the tables that do not exist among many', async () => {
    const names = tableNames(30);
    await world.start({ tables: names });
    await expect(
      world.entitlements.plan(anIntent({ tables: [...names, 'x', 'y'] })),
    ).rejects.toThrow('scope.tables: `x` and `y` not found');
  });

  it('names a database that does not exist', async () => {
    await world.start();
    const port = aPort(['orders', 'customers'], { database: 'nowhere' });
    await expect(
      world.entitlements.plan(
        anIntent({ tables: ['orders', 'customers'], port }),
      ),
    ).rejects.toThrow("database 'nowhere' does not exist");
  });

  it('names a column that does not exist', async () => {
    await world.start();
    await expect(
      world.entitlements.plan(
        anIntent({ tables: [{ table: 'orders', columns: ['nope'] }] }),
      ),
    ).rejects.toThrow(
      `scope.tables[0].columns: 'nope' is not a column of 'orders' in Glue, which has ${COLUMNS.join(
        ', ',
      )}`,
    );
  });
});
