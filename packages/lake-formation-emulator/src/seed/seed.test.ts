import { GetDatabasesCommand, GetTableCommand } from '@aws-sdk/client-glue';
import { listed } from '../__testUtils__/permissions';
import {
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
  anAccount,
  roleArn,
} from '../__testUtils__/seeds';
import { startTestEmulator } from '../__testUtils__/startTestEmulator';
import { startLakeFormationEmulator } from '../startLakeFormationEmulator';
import { readSeed } from './readSeed';

describe('the seed', () => {
  it('fills accounts with databases, tables and grants', async () => {
    const emulator = await startTestEmulator({
      alias: 'sales',
      regions: ['us-east-1', 'eu-west-1'],
      databases: [
        aDatabase({ region: 'eu-west-1', iamAllowedPrincipals: true }),
        aDatabase({ name: 'first_region', creator: roleArn('Engineer') }),
      ],
      grants: [
        {
          region: 'eu-west-1',
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders', columns: ['email'] },
          permissions: ['SELECT'],
          grantOption: true,
        },
      ],
    });
    expect(await listed(emulator.asAdmin.lakeFormation)).toEqual([
      'IAM_ALLOWED_PRINCIPALS: ALL on database sales',
      'Analyst: SELECT on columns of sales.orders: email, may grant SELECT',
    ]);
    const elsewhere = emulator.withCredentials(
      { accessKeyId: '111111111111', secretAccessKey: 'secret' },
      'us-east-1',
    );
    expect(
      (await elsewhere.glue.send(new GetDatabasesCommand({}))).DatabaseList,
    ).toEqual([expect.objectContaining({ Name: 'first_region' })]);
  });

  it('grants nothing to IAM_ALLOWED_PRINCIPALS unless asked', async () => {
    const { asAdmin } = await startTestEmulator();
    expect(await listed(asAdmin.lakeFormation)).toEqual([]);
  });

  it('keeps descriptions, comments and parameters of tables', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [
        aDatabase({
          tables: [
            aTable({
              description: 'One line per order',
              owner: 'sales-team',
              parameters: { classification: 'iceberg', a: 'b' },
              tableType: 'VIRTUAL_VIEW',
              columns: [{ name: 'id', type: 'int', comment: 'The key' }],
            }),
          ],
        }),
      ],
    });
    const { Table } = await asAdmin.glue.send(
      new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
    );
    expect(Table).toMatchObject({
      Description: 'One line per order',
      Owner: 'sales-team',
      TableType: 'VIRTUAL_VIEW',
      Parameters: { classification: 'iceberg', a: 'b' },
      StorageDescriptor: {
        Columns: [{ Name: 'id', Type: 'int', Comment: 'The key' }],
      },
    });
  });

  it.each<[string, unknown, string]>([
    ['no accounts', [], 'wrong at its root: expected an object, found []'],
    [
      'an account id that is none',
      { accounts: [{ id: 'sales' }] },
      'wrong at accounts[0].id: expected an account id of twelve digits, found "sales"',
    ],
    [
      'an account twice',
      { accounts: [anAccount(), anAccount()] },
      'wrong at accounts: expected no entry twice, found "111111111111"',
    ],
    [
      'a misspelt field',
      { accounts: [{ id: OTHER_ACCOUNT, database: [] }] },
      'has the unknown field accounts[0].database; known are id, alias',
    ],
    [
      'a key that acts as nobody',
      {
        accounts: [
          anAccount({ keys: [{ accessKeyId: 'a', principal: 'Analyst' }] }),
        ],
      },
      'wrong at accounts[0].keys[0].principal: expected the ARN of a role, user, assumed role or account root, found "Analyst"',
    ],
    [
      'a policy with a condition',
      {
        accounts: [
          anAccount({
            policies: [
              {
                name: 'p',
                document: {
                  Statement: [{ Effect: 'Allow', Action: '*', Condition: {} }],
                } as never,
              },
            ],
          }),
        ],
      },
      "The emulator's seed at accounts[0].policies[0].document.Statement[0].Condition is not implemented by the emulator",
    ],
    [
      'a quota without a burst',
      { accounts: [], behaviour: { limits: [{ perSecond: 1 }] } },
      'wrong at behaviour.limits[0].burst: expected a number from 0 on, found nothing',
    ],
    [
      'a partition with a value too many',
      {
        accounts: [
          {
            id: OTHER_ACCOUNT,
            databases: [
              {
                name: 'd',
                tables: [
                  { name: 't', columns: [], partitions: [{ values: ['a'] }] },
                ],
              },
            ],
          },
        ],
      },
      'wrong at accounts[0].databases[0].tables[0].partitions[0].values: expected a value for each of 0 partition keys, found ["a"]',
    ],
    [
      'a column without a type',
      {
        accounts: [
          {
            id: OTHER_ACCOUNT,
            databases: [
              { name: 'd', tables: [{ name: 't', columns: [{ name: 'c' }] }] },
            ],
          },
        ],
      },
      'wrong at accounts[0].databases[0].tables[0].columns[0].type: expected a text, found nothing',
    ],
    [
      'a column twice',
      {
        accounts: [
          anAccount({
            databases: [
              aDatabase({
                tables: [
                  aTable({
                    partitionKeys: [{ name: 'email', type: 'string' }],
                  }),
                ],
              }),
            ],
          }),
        ],
      },
      'wrong at accounts[0].databases[0].tables[0].columns: expected no entry twice, found "email"',
    ],
    [
      'columns and excluded columns at once',
      {
        accounts: [
          anAccount({
            grants: [
              {
                principal: roleArn('Analyst'),
                resource: {
                  database: 'sales',
                  table: 'orders',
                  columns: ['email'],
                  excludedColumns: ['amount'],
                },
                permissions: ['SELECT'],
              },
            ],
          }),
        ],
      },
      'wrong at accounts[0].grants[0].resource: expected either columns or excludedColumns',
    ],
    [
      'an unknown cross-account version',
      { accounts: [anAccount({ settings: { crossAccountVersion: 6 } })] },
      'wrong at accounts[0].settings.crossAccountVersion: expected a number from 1 to 5, found 6',
    ],
    [
      'a region that is none',
      { accounts: [anAccount({ regions: ['Ireland'] })] },
      'wrong at accounts[0].regions[0]: expected an AWS region, found "Ireland"',
    ],
  ])('is refused with %s', (_, seed, message) => {
    expect(() => readSeed(seed)).toThrow(message);
  });

  it('is refused with a grant that Lake Formation would refuse', async () => {
    const seed = {
      accounts: [
        anAccount({
          grants: [
            {
              principal: roleArn('Analyst'),
              resource: { database: 'sales', table: 'nope' },
              permissions: ['SELECT'],
            },
          ],
        }),
      ],
    };
    await expect(startLakeFormationEmulator({ port: 0, seed })).rejects.toThrow(
      /grants\[0\] of account 111111111111, .*: Table not found\./,
    );
  });
});
