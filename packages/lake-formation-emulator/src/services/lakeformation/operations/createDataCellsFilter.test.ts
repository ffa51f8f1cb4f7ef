import {
  DataCellsFilter,
  GetDataCellsFilterCommand,
} from '@aws-sdk/client-lakeformation';
import { aFilter, createFilter } from '../../../__testUtils__/filters';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  notEmulated,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

const ROWS = { FilterExpression: 'amount > 100' };

describe('CreateDataCellsFilter', () => {
  it.each<[string, Partial<DataCellsFilter>]>([
    ['rows', { RowFilter: ROWS, ColumnWildcard: {} }],
    [
      'columns',
      { ColumnNames: ['order_id', 'day'], ColumnWildcard: undefined },
    ],
    [
      'rows and all columns but some',
      {
        RowFilter: ROWS,
        ColumnWildcard: { ExcludedColumnNames: ['email'] },
      },
    ],
  ])('keeps a filter of %s as it came', async (_, fields) => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await createFilter(lakeFormation, fields);
    const { $metadata, ...answer } = await lakeFormation.send(
      new GetDataCellsFilterCommand(aFilter() as Required<DataCellsFilter>),
    );
    expect(answer).toEqual({
      DataCellsFilter: { ...aFilter(fields), VersionId: '1' },
    });
  });

  it.each<[string, Partial<DataCellsFilter>, string]>([
    [
      'both column choices',
      { ColumnNames: ['email'], ColumnWildcard: {} },
      'Data cells filter cannot have both column wildcard expression and column names.',
    ],
    [
      'no choice of columns',
      { ColumnWildcard: undefined },
      'Data cells filter must have either column names or a column wildcard.',
    ],
    [
      'both choices of rows',
      { RowFilter: { ...ROWS, AllRowsWildcard: {} } },
      'Row filter cannot have both a filter expression and the all rows wildcard.',
    ],
    [
      'no choice of rows',
      { RowFilter: undefined },
      'Row filter must have either a filter expression or the all rows wildcard.',
    ],
    [
      'rows by what does not parse',
      { RowFilter: { FilterExpression: 'amount >' } },
      'Row filter expression is invalid: expected a constant, as columns are compared with constants only; found the end of the filter',
    ],
    [
      'rows by a column of the wrong type',
      { RowFilter: { FilterExpression: "amount = 'much'" } },
      "Row filter expression is invalid: 'amount' is compared with numbers; found 'much' at position 10",
    ],
    [
      'partition keys that are excluded',
      { ColumnWildcard: { ExcludedColumnNames: ['day'] } },
      'Partition keys cannot be excluded.',
    ],
  ])('refuses %s', async (_, fields, message) => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    expect(await refusalOf(createFilter(lakeFormation, fields))).toEqual(
      invalidInputWith(message),
    );
  });

  it('refuses nested columns by name', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    expect(
      await refusalOf(
        createFilter(lakeFormation, {
          ColumnNames: ['"customer"."id"'],
          ColumnWildcard: undefined,
        }),
      ),
    ).toEqual(
      notEmulated(
        'nested columns in data cells filters (found "customer"."id")',
      ),
    );
  });

  it('refuses views', async () => {
    const { lakeFormation } = (
      await startTestEmulator({
        databases: [
          aDatabase({ tables: [aTable({ tableType: 'VIRTUAL_VIEW' })] }),
        ],
      })
    ).asAdmin;
    expect(await refusalOf(createFilter(lakeFormation))).toEqual(
      invalidInputWith('Data cells filters cannot be on views.'),
    );
  });

  it('refuses what is there already, and columns and tables that are not', async () => {
    const { lakeFormation } = (await startTestEmulator()).asAdmin;
    await createFilter(lakeFormation);
    expect((await refusalOf(createFilter(lakeFormation))).code).toBe(
      'AlreadyExistsException',
    );
    const missing = [
      { TableName: 'nope' },
      { ColumnNames: ['nope'], ColumnWildcard: undefined },
    ];
    for (const fields of missing) {
      expect((await refusalOf(createFilter(lakeFormation, fields))).code).toBe(
        'EntityNotFoundException',
      );
    }
  });

  it('needs SELECT with the grant option: on all columns to choose rows, on its own to choose columns', async () => {
    const emulator = await startTestEmulator({
      grants: [
        {
          principal: roleArn('Engineer'),
          resource: {
            database: 'sales',
            table: 'orders',
            columns: ['order_id', 'amount'],
          },
          permissions: ['SELECT'],
          grantOption: true,
        },
        {
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders' },
          permissions: ['SELECT'],
        },
        {
          principal: roleArn('Steward'),
          resource: { database: 'sales', table: '*' },
          permissions: ['SELECT'],
          grantOption: true,
        },
      ],
    });
    const columns = { ColumnNames: ['amount'], ColumnWildcard: undefined };
    await createFilter(emulator.asRole('Engineer').lakeFormation, columns);
    await createFilter(emulator.asRole('Steward').lakeFormation, {
      Name: 'rows',
      RowFilter: ROWS,
    });
    expect(
      await refusalOf(
        createFilter(emulator.asRole('Engineer').lakeFormation, {
          ...columns,
          Name: 'more',
          RowFilter: ROWS,
        }),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    for (const fields of [columns, { ...columns, TableName: 'nope' }]) {
      expect(
        await refusalOf(
          createFilter(emulator.asRole('Analyst').lakeFormation, {
            ...fields,
            Name: 'more',
          }),
        ),
      ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    }
  });
});
