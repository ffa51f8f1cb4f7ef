import {
  ListDataCellsFilterCommand,
  ListDataCellsFilterCommandInput,
} from '@aws-sdk/client-lakeformation';
import { grant, onFilter } from '../../../__testUtils__/permissions';
import { aDatabase, aTable } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const withFilters = () =>
  startTestEmulator({
    databases: [
      aDatabase({
        tables: [
          aTable({
            dataCellsFilters: [
              { name: 'b', columns: ['email'] },
              {
                name: 'a',
                rowFilter: 'amount > 1',
                excludedColumns: ['email'],
              },
            ],
          }),
          aTable({ name: 'returns', dataCellsFilters: [{ name: 'a' }] }),
        ],
      }),
      aDatabase({
        name: 'people',
        tables: [aTable({ dataCellsFilters: [{ name: 'c' }] })],
      }),
    ],
  });

async function names(
  { lakeFormation }: TestClients,
  input: ListDataCellsFilterCommandInput = {},
) {
  const found: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lakeFormation.send(
      new ListDataCellsFilterCommand({ ...input, NextToken }),
    );
    for (const { DatabaseName, TableName, Name } of page.DataCellsFilters ??
      []) {
      found.push(`${DatabaseName}.${TableName}.${Name}`);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

describe('ListDataCellsFilter', () => {
  it('lists all filters, those of a database or those of a table, page by page', async () => {
    const { asAdmin } = await withFilters();
    const all = [
      'people.orders.c',
      'sales.orders.a',
      'sales.orders.b',
      'sales.returns.a',
    ];
    expect(await names(asAdmin)).toEqual(all);
    expect(await names(asAdmin, { MaxResults: 1 })).toEqual(all);
    expect(
      await names(asAdmin, {
        Table: { DatabaseName: 'sales', TableWildcard: {} },
      }),
    ).toEqual(all.slice(1));
    expect(
      await names(asAdmin, {
        Table: { DatabaseName: 'sales', Name: 'orders' },
      }),
    ).toEqual(['sales.orders.a', 'sales.orders.b']);
  });

  it('shows others only the filters on which they hold something', async () => {
    const emulator = await withFilters();
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onFilter('b'), [
      'DESCRIBE',
    ]);
    expect(await names(emulator.asRole('Analyst'))).toEqual(['sales.orders.b']);
  });

  it('renders what the seed says', async () => {
    const { lakeFormation } = (await withFilters()).asAdmin;
    const { DataCellsFilters } = await lakeFormation.send(
      new ListDataCellsFilterCommand({
        Table: { DatabaseName: 'sales', Name: 'orders' },
      }),
    );
    expect(DataCellsFilters).toEqual([
      expect.objectContaining({
        RowFilter: { FilterExpression: 'amount > 1' },
        ColumnWildcard: { ExcludedColumnNames: ['email'] },
      }),
      expect.objectContaining({
        RowFilter: { AllRowsWildcard: {} },
        ColumnNames: ['email'],
      }),
    ]);
  });
});
