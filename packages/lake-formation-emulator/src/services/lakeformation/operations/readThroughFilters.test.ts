import {
  CreateTableCommand,
  DeleteTableCommand,
  GetDatabasesCommand,
  GetTableCommand,
  GetTablesCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import {
  grant,
  onAllTables,
  onColumns,
  onFilter,
  onPolicy,
  onTable,
  revoke,
} from '../../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { tagsOf } from '../../../__testUtils__/tags';

const start = () =>
  startTestEmulator({
    lfTags: [{ key: 'sensitivity', values: ['public', 'pii'] }],
    databases: [
      aDatabase({
        lfTags: { sensitivity: 'public' },
        tables: [
          aTable({
            columns: [
              { name: 'order_id', type: 'bigint' },
              { name: 'email', type: 'string', lfTags: { sensitivity: 'pii' } },
              { name: 'amount', type: 'decimal(10,2)' },
            ],
            dataCellsFilters: [
              { name: 'ids', rowFilter: 'amount > 5', columns: ['order_id'] },
              { name: 'contact', excludedColumns: ['order_id', 'amount'] },
              { name: 'all' },
            ],
          }),
        ],
      }),
    ],
  });

async function columns({ glue }: TestClients) {
  const { Table } = await glue.send(
    new GetTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
  );
  return Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name);
}

describe('a reader through data cells filters', () => {
  it('sees the columns of all their filters, the table and the database', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    const analyst = emulator.asRole('Analyst');
    await grant(lakeFormation, 'Analyst', onFilter('ids'), ['SELECT']);
    expect(await columns(analyst)).toEqual(['order_id']);
    await grant(lakeFormation, 'Analyst', onFilter('contact'), ['SELECT']);
    expect(await columns(analyst)).toEqual(['order_id', 'email']);
    await revoke(lakeFormation, 'Analyst', onFilter('ids'), ['SELECT']);
    expect(await columns(analyst)).toEqual(['email']);

    const { TableList } = await analyst.glue.send(
      new GetTablesCommand({ DatabaseName: 'sales' }),
    );
    expect(TableList?.map(({ Name }) => Name)).toEqual(['orders']);
    const { DatabaseList } = await analyst.glue.send(
      new GetDatabasesCommand({}),
    );
    expect(DatabaseList?.map(({ Name }) => Name)).toEqual(['sales']);
  });

  it('sees nothing by DESCRIBE on a filter alone', async () => {
    const emulator = await start();
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onFilter('ids'), [
      'DESCRIBE',
    ]);
    expect((await refusalOf(columns(emulator.asRole('Analyst')))).code).toBe(
      'AccessDeniedException',
    );
  });

  it('sees the whole table where something else gives it', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', onFilter('ids'), ['SELECT']);
    await grant(lakeFormation, 'Analyst', onAllTables(), ['SELECT']);
    expect(await columns(emulator.asRole('Analyst'))).toEqual([
      'order_id',
      'email',
      'amount',
    ]);
  });

  it('sees columns by name, by filter and by tag together', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    await grant(lakeFormation, 'Analyst', onFilter('ids'), ['SELECT']);
    await grant(
      lakeFormation,
      'Analyst',
      onPolicy('TABLE', { sensitivity: ['pii'] }),
      ['SELECT'],
    );
    expect(await columns(emulator.asRole('Analyst'))).toEqual([
      'order_id',
      'email',
    ]);
    await grant(lakeFormation, 'Analyst', onColumns('amount'), ['SELECT']);
    expect(await columns(emulator.asRole('Analyst'))).toEqual([
      'order_id',
      'email',
      'amount',
    ]);
  });

  it('passes on a filter only with the grant option on it or on all it gives', async () => {
    const emulator = await start();
    const admin = emulator.asAdmin.lakeFormation;
    const { lakeFormation } = emulator.asRole('Engineer');
    const attempt = (name: string) =>
      grant(lakeFormation, 'Analyst', onFilter(name), ['SELECT']);
    await grant(admin, 'Engineer', onFilter('ids'), ['SELECT'], ['SELECT']);
    await attempt('ids');
    expect(await refusalOf(attempt('contact'))).toEqual(
      NOT_THERE_OR_NOT_ALLOWED,
    );
    await grant(admin, 'Engineer', onTable(), ['SELECT'], ['SELECT']);
    await attempt('contact');
    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onFilter('ids'), ['DROP']),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('has SELECT on up to 100 filters of a table', async () => {
    const filters = [...Array(101).keys()].map(i => ({ name: `f${i}` }));
    const { lakeFormation } = (
      await startTestEmulator({
        databases: [
          aDatabase({ tables: [aTable({ dataCellsFilters: filters })] }),
        ],
        grants: filters.slice(0, 100).map(({ name }) => ({
          principal: roleArn('Analyst'),
          resource: { database: 'sales', table: 'orders', filter: name },
          permissions: ['SELECT'],
        })),
      })
    ).asAdmin;
    await grant(lakeFormation, 'Analyst', onFilter('f0'), ['SELECT']);
    await grant(lakeFormation, 'Analyst', onFilter('f100'), ['DESCRIBE']);
    expect(
      await refusalOf(
        grant(lakeFormation, 'Analyst', onFilter('f100'), ['SELECT']),
      ),
    ).toEqual(
      invalidInputWith(
        'A principal may have SELECT on up to 100 data cells filters of a table.',
      ),
    );
  });
});

describe('a writer by tag policies', () => {
  it('creates tables in databases that match', async () => {
    const emulator = await start();
    const create = () =>
      emulator.asRole('Engineer').glue.send(
        new CreateTableCommand({
          DatabaseName: 'sales',
          TableInput: { Name: 'new' },
        }),
      );
    expect((await refusalOf(create())).code).toBe('AccessDeniedException');
    await grant(
      emulator.asAdmin.lakeFormation,
      'Engineer',
      onPolicy('DATABASE', { sensitivity: ['public'] }),
      ['CREATE_TABLE'],
    );
    await create();
  });

  it('drops a table that matches with all of its columns, not one that matches in part', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    const drop = () =>
      emulator
        .asRole('Engineer')
        .glue.send(
          new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
        );
    await grant(
      lakeFormation,
      'Engineer',
      onPolicy('TABLE', { sensitivity: ['public'] }),
      ['DROP'],
    );
    expect((await refusalOf(drop())).code).toBe('AccessDeniedException');
    await grant(
      lakeFormation,
      'Engineer',
      onPolicy('TABLE', { sensitivity: ['public', 'pii'] }),
      ['DROP'],
    );
    await drop();
  });
});

describe('a column that leaves its table', () => {
  it('takes its LF-Tags along', async () => {
    const emulator = await start();
    const { lakeFormation } = emulator.asAdmin;
    const { glue } = emulator.asRole('Engineer');
    await grant(lakeFormation, 'Engineer', onTable(), ['ALTER']);
    const update = (...names: string[]) =>
      glue.send(
        new UpdateTableCommand({
          DatabaseName: 'sales',
          TableInput: {
            Name: 'orders',
            StorageDescriptor: {
              Columns: names.map(Name => ({ Name, Type: 'string' })),
            },
          },
        }),
      );
    await update('order_id', 'email');
    const assigned = async () =>
      (await tagsOf(lakeFormation, onTable(), true)).columns;
    expect(await assigned()).toEqual({ email: { sensitivity: 'pii' } });
    await update('order_id');
    await update('order_id', 'email');
    expect(await assigned()).toEqual({});
  });
});
