import { aDatabase, aSeed, aTable, roleArn } from '../__testUtils__/seeds';
import { applySeed } from './applySeed';
import { SeedAccount } from './SeedAccount';
import { readSeed } from './readSeed';

const apply = (account: object) =>
  applySeed(readSeed(aSeed(account as Partial<SeedAccount>)), new Date(0));

const lfTags = [{ key: 'team', values: ['a'] }];
const grantOn = (resource: object, fields: object = {}) => ({
  grants: [
    {
      principal: roleArn('Analyst'),
      resource,
      permissions: ['SELECT'],
      ...fields,
    },
  ],
});

describe('a seed with LF-Tags and filters', () => {
  it.each<[string, object, string]>([
    [
      'a tag without values',
      { lfTags: [{ key: 'team', values: 'a' }] },
      'accounts[0].lfTags[0].values: expected a list, found "a"',
    ],
    [
      'a misspelt field',
      { lfTags: [{ key: 'team', value: ['a'] }] },
      'unknown field accounts[0].lfTags[0].value',
    ],
    [
      'a tag that Lake Formation would refuse',
      { lfTags: [{ key: 'team!', values: ['a'] }] },
      'Lake Formation would refuse, the LF-Tag team!: The key of an LF-Tag has',
    ],
    [
      'a tag of a database that is not there',
      { databases: [aDatabase({ lfTags: { team: 'a' } })] },
      'the LF-Tags of sales: team: Tag or tag value does not exist.',
    ],
    [
      'a tag of a column that is no text',
      {
        lfTags,
        databases: [
          {
            ...aDatabase(),
            tables: [
              {
                ...aTable(),
                columns: [{ name: 'id', type: 'int', lfTags: { team: 1 } }],
              },
            ],
          },
        ],
      },
      'accounts[0].databases[0].tables[0].columns[0].lfTags.team: expected a text, found 1',
    ],
    [
      'an expression of unknown tags',
      { lfTagExpressions: [{ name: 'ours', expression: { team: ['a'] } }] },
      'the LF-Tag expression ours: Tag or tag value does not exist.',
    ],
    [
      'a filter with both column choices',
      {
        databases: [
          aDatabase({
            tables: [
              aTable({
                dataCellsFilters: [
                  { name: 'f', columns: ['a'], excludedColumns: ['b'] },
                ],
              }),
            ],
          }),
        ],
      },
      'accounts[0].databases[0].tables[0].dataCellsFilters[0]: expected either columns or excludedColumns',
    ],
    [
      'a filter that does not fit its table',
      {
        databases: [
          aDatabase({
            tables: [
              aTable({
                dataCellsFilters: [{ name: 'f', rowFilter: 'nope = 1' }],
              }),
            ],
          }),
        ],
      },
      "the data cells filter f of sales.orders: Row filter expression is invalid: the table has no column 'nope' (position 1)",
    ],
    [
      'a policy without an expression',
      grantOn({ lfTagPolicy: 'TABLE' }),
      'accounts[0].grants[0].resource: expected either expression or expressionName, found nothing',
    ],
    [
      'a policy that reaches something else',
      grantOn({ lfTagPolicy: 'COLUMN', expressionName: 'ours' }),
      'accounts[0].grants[0].resource.lfTagPolicy: expected DATABASE or TABLE, found "COLUMN"',
    ],
    [
      'a grant on a filter that is not there',
      grantOn({ database: 'sales', table: 'orders', filter: 'f' }),
      'grants[0] of account 111111111111',
    ],
    [
      'a condition that does not parse',
      grantOn(
        { database: 'sales', table: 'orders' },
        { principal: '111111111111:IAMPrincipals', condition: 'true &&' },
      ),
      'Condition expression is invalid',
    ],
    [
      'an opt-in to what is not there',
      {
        optIns: [
          { principal: roleArn('Analyst'), resource: { database: 'nope' } },
        ],
      },
      'optIns[0] of account 111111111111: Database not found.',
    ],
  ])('is refused with the place for %s', (_, account, problem) => {
    expect(() => apply(account)).toThrow(problem);
  });

  it('puts each where its region says', () => {
    const state = apply({
      regions: ['eu-west-1', 'us-east-1'],
      lfTags: [...lfTags, { region: 'us-east-1', key: 'area', values: ['x'] }],
      databases: [
        aDatabase({ region: 'us-east-1', lfTags: { area: 'x' } }),
        aDatabase({ lfTags: { team: 'a' } }),
      ],
      lfTagExpressions: [
        { region: 'us-east-1', name: 'there', expression: { area: ['x'] } },
      ],
    });
    const catalogs = state.accounts.get('111111111111')?.catalogs;
    const here = catalogs?.get('eu-west-1');
    const there = catalogs?.get('us-east-1');
    expect([...(here?.lfTags.keys() ?? [])]).toEqual(['team']);
    expect([...(there?.lfTags.keys() ?? [])]).toEqual(['area']);
    expect(there?.databases.get('sales')?.lfTags).toEqual({ area: 'x' });
    expect(here?.tagExpressions.size).toBe(0);
    expect(there?.tagExpressions.get('there')?.expression).toEqual([
      { key: 'area', values: ['x'] },
    ]);
  });
});
