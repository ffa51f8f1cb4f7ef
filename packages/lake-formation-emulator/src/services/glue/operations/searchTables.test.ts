import {
  SearchTablesCommand,
  SearchTablesCommandInput,
} from '@aws-sdk/client-glue';
import { grant, onColumns, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aTable } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const started = () =>
  startTestEmulator({
    databases: [
      {
        name: 'sales',
        tables: [
          aTable({ description: 'All orders of the shop', owner: 'ann' }),
          aTable({ name: 'customer-link', owner: 'bob' }),
        ],
      },
      {
        name: 'hr',
        tables: [
          aTable({
            name: 'people',
            columns: [
              { name: 'salary', type: 'int', comment: 'gross' },
              { name: 'name', type: 'string' },
            ],
            parameters: { stage: 'prod' },
          }),
          aTable({ name: 'customerlinks' }),
        ],
      },
    ],
  });

async function found(
  { glue }: TestClients,
  input: SearchTablesCommandInput = {},
) {
  const { TableList } = await glue.send(new SearchTablesCommand(input));
  return (TableList ?? []).map(
    ({ DatabaseName, Name }) => `${DatabaseName}.${Name}`,
  );
}

describe('SearchTables', () => {
  it.each<[string, SearchTablesCommandInput, string[]]>([
    [
      'everything',
      {},
      ['hr.customerlinks', 'hr.people', 'sales.customer-link', 'sales.orders'],
    ],
    [
      'a word of the name',
      { SearchText: 'link' },
      ['hr.customerlinks', 'sales.customer-link'],
    ],
    ['words anywhere', { SearchText: 'Shop ORDERS' }, ['sales.orders']],
    ['a column', { SearchText: 'salary' }, ['hr.people']],
    ['a comment', { SearchText: 'gross' }, ['hr.people']],
    ['a parameter', { SearchText: 'prod' }, ['hr.people']],
    ['an exact text', { SearchText: '"orders"' }, ['sales.orders']],
    ['no part of an exact text', { SearchText: '"order"' }, []],
    [
      'a token of the name',
      { Filters: [{ Key: 'Name', Value: 'link' }] },
      ['sales.customer-link'],
    ],
    [
      'a database',
      { Filters: [{ Key: 'DatabaseName', Value: 'hr' }] },
      ['hr.customerlinks', 'hr.people'],
    ],
    [
      'all filters',
      {
        Filters: [
          { Key: 'DatabaseName', Value: 'sales' },
          { Key: 'Owner', Value: 'bob' },
        ],
      },
      ['sales.customer-link'],
    ],
    [
      'a parameter by its name',
      { Filters: [{ Key: 'stage', Value: 'prod' }] },
      ['hr.people'],
    ],
    [
      'times',
      {
        Filters: [
          {
            Key: 'CreateTime',
            Value: '2000-01-01T00:00:00Z',
            Comparator: 'LESS_THAN',
          },
        ],
      },
      [],
    ],
    [
      'times after',
      {
        SearchText: 'orders',
        Filters: [
          {
            Key: 'CreateTime',
            Value: '2000-01-01T00:00:00Z',
            Comparator: 'GREATER_THAN',
          },
        ],
      },
      ['sales.orders'],
    ],
  ])('finds by %s', async (_, input, names) => {
    const { asAdmin } = await started();
    expect(await found(asAdmin, input)).toEqual(names);
  });

  it('finds what the caller sees, by the columns they see', async () => {
    const emulator = await started();
    const { lakeFormation } = emulator.asAdmin;
    const analyst = emulator.asRole('Analyst');
    expect(await found(analyst)).toEqual([]);
    await grant(lakeFormation, 'Analyst', onColumns('order_id'), ['SELECT']);
    await grant(lakeFormation, 'Analyst', onTable('people', 'hr'), [
      'DESCRIBE',
    ]);
    expect(await found(analyst)).toEqual(['hr.people', 'sales.orders']);
    expect(await found(analyst, { SearchText: 'email' })).toEqual([]);
    const { TableList } = await analyst.glue.send(
      new SearchTablesCommand({ SearchText: 'order_id' }),
    );
    expect(TableList?.[0].StorageDescriptor?.Columns).toEqual([
      { Name: 'order_id', Type: 'bigint' },
    ]);
  });

  it('sorts, and comes in pages', async () => {
    const { asAdmin } = await started();
    const input: SearchTablesCommandInput = {
      SortCriteria: [{ FieldName: 'Name', Sort: 'DESC' }],
      MaxResults: 3,
    };
    const first = await asAdmin.glue.send(new SearchTablesCommand(input));
    expect(first.TableList?.map(({ Name }) => Name)).toEqual([
      'people',
      'orders',
      'customerlinks',
    ]);
    expect(
      await found(asAdmin, { ...input, NextToken: first.NextToken }),
    ).toEqual(['sales.customer-link']);
  });

  it.each<[string, SearchTablesCommandInput, string]>([
    [
      'a filter without a value',
      { Filters: [{ Key: 'Name' }] },
      'must have a Key and a Value',
    ],
    [
      'a comparison of texts',
      { Filters: [{ Key: 'Name', Value: 'a', Comparator: 'LESS_THAN' }] },
      'is for times only',
    ],
    [
      'a time that is none',
      { Filters: [{ Key: 'UpdateTime', Value: 'noon' }] },
      'must be a time, found noon',
    ],
    [
      'an order without a field',
      { SortCriteria: [{ Sort: 'ASC' } as never] },
      'FieldName',
    ],
    ['too large a page', { MaxResults: 1001 }, 'less than or equal to 1000'],
  ])('refuses %s', async (_, input, message) => {
    const { asAdmin } = await started();
    expect((await refusalOf(found(asAdmin, input))).message).toContain(message);
  });
});
