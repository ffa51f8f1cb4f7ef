import { GetTablesCommand, GetTablesCommandInput } from '@aws-sdk/client-glue';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

async function tables(
  { glue }: TestClients,
  input: Partial<GetTablesCommandInput> = {},
) {
  const found: string[] = [];
  let NextToken: string | undefined;
  let pages = 0;
  do {
    const page = await glue.send(
      new GetTablesCommand({ DatabaseName: 'sales', ...input, NextToken }),
    );
    found.push(...(page.TableList ?? []).map(({ Name }) => Name ?? ''));
    NextToken = page.NextToken;
    pages++;
  } while (NextToken);
  return { found, pages };
}

const threeTables = () =>
  startTestEmulator({
    databases: [
      aDatabase({
        tables: [
          aTable({ name: 'refunds' }),
          aTable({ name: 'orders' }),
          aTable({ name: 'order_lines' }),
        ],
      }),
    ],
    grants: [
      {
        principal: roleArn('Analyst'),
        resource: { database: 'sales', table: 'refunds', columns: ['amount'] },
        permissions: ['SELECT'],
      },
      {
        principal: roleArn('Engineer'),
        resource: { database: 'sales' },
        permissions: ['DESCRIBE'],
      },
    ],
  });

describe('GetTables', () => {
  it('lists only what the caller sees, with only their columns', async () => {
    const emulator = await threeTables();
    expect((await tables(emulator.asAdmin)).found).toEqual([
      'order_lines',
      'orders',
      'refunds',
    ]);
    const { TableList } = await emulator
      .asRole('Analyst')
      .glue.send(new GetTablesCommand({ DatabaseName: 'sales' }));
    expect(
      TableList?.map(({ Name, StorageDescriptor }) => [
        Name,
        StorageDescriptor?.Columns?.map(column => column.Name),
      ]),
    ).toEqual([['refunds', ['amount']]]);
    expect(TableList?.[0].IsRegisteredWithLakeFormation).toBeUndefined();
  });

  it('shows no tables by DESCRIBE on the database alone', async () => {
    const emulator = await threeTables();
    expect((await tables(emulator.asRole('Engineer'))).found).toEqual([]);
  });

  it('matches an expression against the whole name', async () => {
    const { asAdmin } = await threeTables();
    expect((await tables(asAdmin, { Expression: 'order' })).found).toEqual([]);
    expect((await tables(asAdmin, { Expression: 'ORDER.*' })).found).toEqual([
      'order_lines',
      'orders',
    ]);
    expect((await refusalOf(tables(asAdmin, { Expression: '(' }))).code).toBe(
      'InvalidInputException',
    );
  });

  it('pages by up to 100', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [
        aDatabase({
          tables: [...Array(101).keys()].map(i =>
            aTable({ name: `t${String(i).padStart(3, '0')}` }),
          ),
        }),
      ],
    });
    const { found, pages } = await tables(asAdmin);
    expect(pages).toBe(2);
    expect(new Set(found).size).toBe(101);
    expect((await tables(asAdmin, { MaxResults: 50 })).pages).toBe(3);
    expect((await refusalOf(tables(asAdmin, { MaxResults: 101 }))).code).toBe(
      'ValidationException',
    );
  });

  it('hides a database that the caller does not see', async () => {
    const emulator = await startTestEmulator();
    expect(await refusalOf(tables(emulator.asRole('Analyst')))).toEqual({
      code: 'AccessDeniedException',
      message:
        'Insufficient Lake Formation permission(s): Required Describe on sales',
      status: 400,
    });
    expect(
      await refusalOf(tables(emulator.asAdmin, { DatabaseName: 'nope' })),
    ).toMatchObject({ message: 'Database nope not found.' });
  });
});
