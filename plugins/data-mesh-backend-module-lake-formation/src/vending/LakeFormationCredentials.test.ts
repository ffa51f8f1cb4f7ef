import {
  CreateDataCellsFilterCommand,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessInForce } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ConfigReader } from '@backstage/config';
import {
  ACCOUNT,
  COLUMNS,
  DATABASE,
  REGION,
  aPort,
  anIntent,
  roleArn,
} from '../__testUtils__/builders';
import { Entitlements } from '../__testUtils__/Entitlements';
import {
  EmulatedAccounts,
  readPrincipal,
  startAccounts,
} from '../__testUtils__/startAccounts';
import { LakeFormationCredentials } from './LakeFormationCredentials';
import { VendingConfig, readVendingConfig } from './vendingConfig';

const NOW = Date.parse('2026-11-25T03:00:00Z');
const CONSUMER = '100000000001';
const TAG = 'lakemesh';
const orders = { DatabaseName: DATABASE, Name: 'orders' };
const role = { DataLakePrincipalIdentifier: roleArn('analytics') };

const anAccess = (
  scope: Partial<AccessScope> = {},
  more: Partial<AccessInForce> = {},
): AccessInForce => ({
  port: aPort(['orders', 'customers']),
  scope: { level: 'read', tables: [{ table: 'orders' }], ...scope },
  principal: readPrincipal(roleArn('analytics')),
  steps: [],
  ...more,
});

describe('LakeFormationCredentials', () => {
  let accounts: EmulatedAccounts;

  async function start(vending?: Partial<VendingConfig>) {
    accounts = await startAccounts({
      accounts: [
        {
          id: ACCOUNT,
          regions: [REGION],
          policies: [
            {
              name: 'everything',
              roles: ['analytics'],
              document: {
                Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
              },
            },
          ],
          settings: {
            allowExternalDataFiltering: true,
            externalDataFilteringAllowList: [ACCOUNT, CONSUMER],
            authorizedSessionTagValues: [TAG],
          },
          locations: [{ arn: 'arn:aws:s3:::lake/sales' }],
          databases: [
            {
              name: DATABASE,
              tables: ['orders', 'customers'].map(name => ({
                name,
                location: `s3://lake/sales/${name}`,
                columns: COLUMNS.map(column => ({
                  name: column,
                  type: 'string',
                })),
              })),
            },
          ],
        },
        { id: CONSUMER, regions: [REGION] },
      ],
    });
    return new LakeFormationCredentials({
      clients: accounts.clients,
      config: {
        sessionTagValue: TAG,
        maxDurationSeconds: 21_600,
        ...vending,
      },
      regionOf: () => undefined,
      now: () => NOW,
    });
  }

  const grantOrders = () =>
    accounts.grant(ACCOUNT, {
      Principal: role,
      Resource: { Table: orders },
      Permissions: ['SELECT', 'DESCRIBE'],
    });

  afterEach(() => accounts?.stop());

  it('gives credentials for the location of a table, as the role that holds the access', async () => {
    const vendor = await start();
    await grantOrders();
    accounts.callsSince();
    const vended = await vendor.vend(anAccess(), {
      table: 'orders',
      durationSeconds: 900,
    });
    expect(vended).toEqual({
      accessKeyId: expect.stringMatching(/\S/),
      secretAccessKey: expect.stringMatching(/\S/),
      sessionToken: expect.stringMatching(/\S/),
      expiration: expect.stringMatching(/^\d{4}-/),
      locations: ['s3://lake/sales/orders'],
      region: REGION,
    });
    const calls = accounts.emulator.calls
      .list()
      .filter(call => call.operation === 'GetTemporaryGlueTableCredentials');
    expect(calls.map(call => call.principal)).toEqual([roleArn('analytics')]);
    expect(accounts.callsSince().sort()).toEqual([
      'AssumeRole',
      'GetTable',
      'GetTable',
      'GetTemporaryGlueTableCredentials',
    ]);
  });

  it('asks for no more than its session policy allows', async () => {
    const vendor = await start();
    await grantOrders();
    accounts.emulator.behaviour.set({ enforceIam: true });
    await expect(
      vendor.vend(anAccess(), { table: 'orders', durationSeconds: 900 }),
    ).resolves.toEqual(
      expect.objectContaining({ locations: ['s3://lake/sales/orders'] }),
    );
  });

  it('goes through a role of its own where one is configured', async () => {
    const vendor = await start({ roleName: 'lakemesh-vending' });
    await grantOrders();
    accounts.callsSince();
    await vendor.vend(anAccess(), { table: 'Orders', durationSeconds: 900 });
    const assumed = accounts.emulator.calls
      .list()
      .filter(call => call.operation === 'AssumeRole');
    expect(assumed.map(call => call.principal)).toEqual([
      `arn:aws:iam::${ACCOUNT}:root`,
      roleArn('lakemesh-vending'),
    ]);
  });

  it('never outlives the access', async () => {
    const vendor = await start();
    await grantOrders();
    await vendor.vend(anAccess({}, { expiresAt: new Date(NOW + 1_000_500) }), {
      table: 'orders',
      durationSeconds: 3_600,
    });
    await vendor.vend(anAccess(), { table: 'orders', durationSeconds: 3_600 });
    const durations = accounts.emulator.calls
      .list()
      .filter(call => call.operation === 'GetTemporaryGlueTableCredentials')
      .map(call => /"DurationSeconds":(\d+)/.exec(JSON.stringify(call))?.[1]);
    expect(durations).toEqual(['1000', '3600']);
  });

  it('gives none to who no longer sees all columns, whatever was approved', async () => {
    const vendor = await start();
    await accounts.grant(ACCOUNT, {
      Principal: role,
      Resource: {
        TableWithColumns: { ...orders, ColumnNames: ['order_id'] },
      },
      Permissions: ['SELECT'],
    });
    await expect(
      vendor.vend(anAccess(), { table: 'orders', durationSeconds: 900 }),
    ).rejects.toThrow(/hides customer_id, amount, email of sales.orders/);
    expect(accounts.callsSince()).not.toContain(
      'GetTemporaryGlueTableCredentials',
    );
  });

  it('leaves it to AWS to refuse where rows are hidden by now', async () => {
    const vendor = await start();
    await accounts.root(ACCOUNT).send(
      new CreateDataCellsFilterCommand({
        TableData: {
          TableCatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableName: 'orders',
          Name: 'cheap',
          RowFilter: { FilterExpression: "amount = '1'" },
          ColumnWildcard: {},
        },
      }),
    );
    await accounts.grant(ACCOUNT, {
      Principal: role,
      Resource: {
        DataCellsFilter: {
          TableCatalogId: ACCOUNT,
          DatabaseName: DATABASE,
          TableName: 'orders',
          Name: 'cheap',
        },
      },
      Permissions: ['SELECT'],
    });
    await expect(
      vendor.vend(anAccess(), { table: 'orders', durationSeconds: 900 }),
    ).rejects.toThrow(
      expect.objectContaining({ name: 'PermissionTypeMismatchException' }),
    );
  });

  it('acts as a role of another account there, and names the table where it is', async () => {
    const vendor = await start();
    const port = aPort(['orders', 'customers']);
    const principal = roleArn('analytics', CONSUMER);
    const provisioner = accounts.provisioner;
    const { live } = await new Entitlements(provisioner).grant(
      anIntent({ principal, port }),
    );
    const vended = await vendor.vend(
      anAccess(
        {},
        {
          principal: readPrincipal(principal),
          steps: live.map(({ step }) => step),
        },
      ),
      { table: 'orders', durationSeconds: 900 },
    );
    expect(vended.locations).toEqual(['s3://lake/sales/orders']);
    const [call] = accounts.emulator.calls
      .list()
      .filter(one => one.operation === 'GetTemporaryGlueTableCredentials');
    expect(call.principal).toBe(principal);
  });

  it('gives none after the grant is gone', async () => {
    const vendor = await start();
    await grantOrders();
    await accounts.root(ACCOUNT).send(
      new RevokePermissionsCommand({
        Principal: role,
        Resource: { Table: orders },
        Permissions: ['SELECT', 'DESCRIBE'],
      }),
    );
    await expect(
      vendor.vend(anAccess(), { table: 'orders', durationSeconds: 900 }),
    ).rejects.toThrow();
  });

  it.each<[string, AccessInForce, RegExp]>([
    [
      'columns',
      anAccess({ tables: [{ table: 'orders', columns: ['amount'] }] }),
      /restricted to columns or rows/,
    ],
    [
      'rows',
      anAccess({ tables: [{ table: 'orders', rowFilter: "a = '1'" }] }),
      /restricted to columns or rows/,
    ],
    [
      'tags',
      anAccess({ tables: [], tagExpression: [{ key: 'a', values: ['b'] }] }),
      /LF-Tag expression/,
    ],
    [
      'a user',
      anAccess(
        {},
        { principal: readPrincipal(`arn:aws:iam::${ACCOUNT}:user/ana`) },
      ),
      /IAM roles only; user ana \(210987654321\) is of kind iam-user/,
    ],
    [
      'an access about to end',
      anAccess({}, { expiresAt: new Date(NOW + 899_000) }),
      /ends at 2026-11-25T03:14:59.000Z/,
    ],
  ])('refuses for %s, with the reason', async (_, access, reason) => {
    const vendor = await start();
    expect(vendor.vendable(access)).toEqual({
      reason: expect.stringMatching(reason),
    });
    await expect(
      vendor.vend(access, { table: 'orders', durationSeconds: 900 }),
    ).rejects.toThrow(reason);
    expect(accounts.callsSince()).toEqual([]);
  });

  it('offers the tables that are given as a whole', async () => {
    const vendor = await start();
    expect(
      vendor.vendable(
        anAccess({
          tables: [
            { table: 'orders' },
            { table: 'customers', columns: ['email'] },
          ],
        }),
      ),
    ).toEqual({ tables: ['orders'] });
    expect(vendor.vendable(anAccess({ tables: [], allTables: true }))).toEqual({
      tables: ['orders', 'customers'],
    });
    await expect(
      vendor.vend(anAccess(), { table: 'customers', durationSeconds: 900 }),
    ).rejects.toThrow(
      "table is 'customers'; credentials are given out for orders",
    );
  });

  it.each([899, 21_601, 900.5])('refuses %s seconds', async seconds => {
    const vendor = await start();
    await expect(
      vendor.vend(anAccess(), { table: 'orders', durationSeconds: seconds }),
    ).rejects.toThrow(
      `durationSeconds is ${seconds}, expected a whole number from 900 to 21600`,
    );
  });

  it('gives none where it is not configured', async () => {
    await start();
    const vendor = new LakeFormationCredentials({
      clients: accounts.clients,
      regionOf: () => undefined,
      now: () => NOW,
    });
    expect(vendor.vendable(anAccess())).toEqual({
      reason: expect.stringContaining('dataMesh.lakeFormation.vending'),
    });
  });
});

describe('configuration of vending', () => {
  const read = (vending: object) =>
    readVendingConfig(
      new ConfigReader({ dataMesh: { lakeFormation: { vending } } }),
    );

  it('is off where it is not there', () => {
    expect(readVendingConfig(new ConfigReader({}))).toBeUndefined();
  });

  it('takes a role, a tag and a longest time', () => {
    expect(
      read({
        roleName: 'lakemesh-vending',
        sessionTagValue: 'lakemesh',
        maxDurationSeconds: 3_600,
      }),
    ).toEqual({
      roleName: 'lakemesh-vending',
      sessionTagValue: 'lakemesh',
      maxDurationSeconds: 3_600,
    });
  });

  it.each([
    [{ roleName: 'no role' }, /roleName is 'no role'/],
    [{ sessionTagValue: 'a|b' }, /sessionTagValue is 'a\|b'/],
    [{ maxDurationSeconds: 60 }, /maxDurationSeconds is 60/],
  ])('refuses %j', (vending, reason) => {
    expect(() => read(vending)).toThrow(reason);
  });
});
