import { GetTableCommand } from '@aws-sdk/client-glue';
import { SeedGrant } from '../../../seed/SeedGrant';
import { notEmulated, refusalOf } from '../../../__testUtils__/refusal';
import {
  ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const getTable = async (
  { glue }: TestClients,
  Name = 'orders',
  DatabaseName = 'sales',
) => (await glue.send(new GetTableCommand({ DatabaseName, Name }))).Table;

const columnNames = async (clients: TestClients) =>
  (await getTable(clients))?.StorageDescriptor?.Columns?.map(
    ({ Name }) => Name,
  );

const denied = (name: string) => ({
  code: 'AccessDeniedException',
  message: `Insufficient Lake Formation permission(s): Required Describe on ${name}`,
  status: 400,
});

const forAnalyst = (
  resource: SeedGrant['resource'],
  ...permissions: string[]
): SeedGrant => ({ principal: roleArn('Analyst'), resource, permissions });

const ORDERS = { database: 'sales', table: 'orders' };

describe('GetTable', () => {
  it('shows administrators the whole table', async () => {
    const { asAdmin } = await startTestEmulator({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
    });
    expect(await getTable(asAdmin, 'ORDERS', 'Sales')).toMatchObject({
      Name: 'orders',
      DatabaseName: 'sales',
      CatalogId: ACCOUNT,
      CreateTime: expect.any(Date),
      CreatedBy: 'arn:aws:iam::111111111111:root',
      StorageDescriptor: {
        Columns: [
          { Name: 'order_id', Type: 'bigint' },
          { Name: 'email', Type: 'string' },
          { Name: 'amount', Type: 'decimal(10,2)' },
        ],
        Location: 's3://lake/sales/orders',
      },
      PartitionKeys: [{ Name: 'day', Type: 'date' }],
      TableType: 'EXTERNAL_TABLE',
      Parameters: { classification: 'parquet' },
      IsRegisteredWithLakeFormation: true,
    });
  });

  it.each<[string, SeedGrant[], string[]]>([
    [
      'the granted columns',
      [forAnalyst({ ...ORDERS, columns: ['amount'] }, 'SELECT')],
      ['amount'],
    ],
    [
      'all columns but the excluded ones',
      [forAnalyst({ ...ORDERS, excludedColumns: ['email'] }, 'SELECT')],
      ['order_id', 'amount'],
    ],
    [
      'all columns, with DESCRIBE',
      [forAnalyst(ORDERS, 'DESCRIBE')],
      ['order_id', 'email', 'amount'],
    ],
    [
      'all columns, with any other permission on the table',
      [forAnalyst(ORDERS, 'INSERT')],
      ['order_id', 'email', 'amount'],
    ],
    [
      'all columns, where all tables are granted beside columns of this one',
      [
        forAnalyst({ ...ORDERS, columns: ['amount'] }, 'SELECT'),
        forAnalyst({ database: 'sales', table: '*' }, 'SELECT'),
      ],
      ['order_id', 'email', 'amount'],
    ],
    [
      'all columns, where all principals of the account are granted',
      [
        {
          principal: `${ACCOUNT}:IAMPrincipals`,
          resource: ORDERS,
          permissions: ['SELECT'],
        },
      ],
      ['order_id', 'email', 'amount'],
    ],
  ])('shows %s', async (_, grants, expected) => {
    const emulator = await startTestEmulator({ grants });
    const analyst = emulator.asRole('Analyst');

    expect(await columnNames(analyst)).toEqual(expected);
    expect((await getTable(analyst))?.PartitionKeys).toEqual([
      { Name: 'day', Type: 'date' },
    ]);
    expect((await getTable(analyst))?.Parameters).toEqual({
      classification: 'parquet',
    });
  });

  it.each<[string, SeedGrant[]]>([
    ['nothing', []],
    [
      'DESCRIBE on the database',
      [forAnalyst({ database: 'sales' }, 'DESCRIBE')],
    ],
    [
      'another table',
      [forAnalyst({ database: 'sales', table: 'refunds' }, 'SELECT')],
    ],
  ])('hides the table from whoever has %s', async (_, grants) => {
    const emulator = await startTestEmulator({
      databases: [
        aDatabase({ tables: [aTable(), aTable({ name: 'refunds' })] }),
      ],
      grants,
    });
    expect(await refusalOf(getTable(emulator.asRole('Analyst')))).toEqual(
      denied('orders'),
    );
  });

  it('does not restrict where IAM_ALLOWED_PRINCIPALS holds ALL', async () => {
    const emulator = await startTestEmulator({
      databases: [
        aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
      ],
    });
    expect(await columnNames(emulator.asRole('Analyst'))).toEqual([
      'order_id',
      'email',
      'amount',
    ]);
    expect(
      await refusalOf(
        emulator.as('222222222222').glue.send(
          new GetTableCommand({
            CatalogId: ACCOUNT,
            DatabaseName: 'sales',
            Name: 'orders',
          }),
        ),
      ),
    ).toEqual(denied('orders'));
  });

  it('shows read-only administrators everything', async () => {
    const emulator = await startTestEmulator({
      readOnlyAdministrators: [roleArn('Analyst')],
    });
    expect(await columnNames(emulator.asRole('Analyst'))).toHaveLength(3);
  });

  it('tells only those who see everything that a table is missing', async () => {
    const emulator = await startTestEmulator();
    expect(await refusalOf(getTable(emulator.asAdmin, 'nope'))).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Entity Not Found',
    });
    expect(
      await refusalOf(getTable(emulator.asAdmin, 'orders', 'nope')),
    ).toMatchObject({
      code: 'EntityNotFoundException',
      message: 'Database nope not found.',
    });
    expect(
      await refusalOf(getTable(emulator.asRole('Analyst'), 'nope')),
    ).toEqual(denied('nope'));
  });

  it('refuses by name what it would only seem to honour', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(
      await refusalOf(
        asAdmin.glue.send(
          new GetTableCommand({
            DatabaseName: 'sales',
            Name: 'orders',
            QueryAsOfTime: new Date(),
          }),
        ),
      ),
    ).toEqual(notEmulated('the parameter QueryAsOfTime yet'));
  });
});
