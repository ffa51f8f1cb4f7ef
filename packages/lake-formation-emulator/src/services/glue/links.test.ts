import {
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  DeleteDatabaseCommand,
  DeleteTableCommand,
  GetDatabaseCommand,
  GetDatabasesCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  UpdateDatabaseCommand,
  UpdateTableCommand,
} from '@aws-sdk/client-glue';
import { ListPermissionsCommand } from '@aws-sdk/client-lakeformation';
import {
  CrossAccountEmulator,
  READER,
  WRITER,
  acceptAll,
  columnsSeen,
  startCrossAccount,
} from '../../__testUtils__/crossAccount';
import {
  grant,
  onAllTables,
  onColumns,
  onDatabase,
  onTable,
  revoke,
} from '../../__testUtils__/permissions';
import { invalidInputWith, refusalOf } from '../../__testUtils__/refusal';
import { rootOf } from '../../model/iam/principals';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
} from '../../__testUtils__/seeds';
import {
  TestClients,
  startTestEmulator,
} from '../../__testUtils__/startTestEmulator';

const linkDatabase = (
  { glue }: TestClients,
  Name = 'sales_link',
  target: { CatalogId?: string; DatabaseName?: string; Region?: string } = {},
) =>
  glue.send(
    new CreateDatabaseCommand({
      DatabaseInput: {
        Name,
        TargetDatabase: {
          CatalogId: ACCOUNT,
          DatabaseName: 'sales',
          ...target,
        },
      },
    }),
  );

const linkTable = (
  { glue }: TestClients,
  DatabaseName: string,
  Name = 'orders_link',
) =>
  glue.send(
    new CreateTableCommand({
      DatabaseName,
      TableInput: {
        Name,
        TargetTable: {
          CatalogId: ACCOUNT,
          DatabaseName: 'sales',
          Name: 'orders',
        },
      },
    }),
  );

const getTable = async (
  { glue }: TestClients,
  Name = 'orders',
  DatabaseName = 'sales_link',
) => (await glue.send(new GetTableCommand({ DatabaseName, Name }))).Table;

const tableNames = async (
  { glue }: TestClients,
  DatabaseName = 'sales_link',
): Promise<(string | undefined)[]> =>
  (
    (await glue.send(new GetTablesCommand({ DatabaseName }))).TableList ?? []
  ).map(({ Name }) => Name);

const databaseNames = async (
  { glue }: TestClients,
  ResourceShareType?: 'ALL' | 'FOREIGN',
) =>
  (
    (await glue.send(new GetDatabasesCommand({ ResourceShareType })))
      .DatabaseList ?? []
  ).map(({ CatalogId, Name }) => `${CatalogId} ${Name}`);

const describeRequired = (name: string) => ({
  code: 'AccessDeniedException',
  message: `Insufficient Lake Formation permission(s): Required Describe on ${name}`,
  status: 400,
});

/** The reader holds two columns, and the consumer has a link to the database. */
async function startLinked(): Promise<CrossAccountEmulator> {
  const emulator = await startCrossAccount({
    owner: {
      locations: [{ arn: 'arn:aws:s3:::lake' }],
      databases: [
        aDatabase({
          description: 'What we sold',
          creator: rootOf(ACCOUNT),
          tables: [aTable(), aTable({ name: 'refunds' })],
        }),
      ],
    },
    consumer: {
      databases: [{ name: 'mart', creator: rootOf(OTHER_ACCOUNT) }],
    },
  });
  const { owner, consumer } = emulator;
  await grant(owner.lakeFormation, READER, onColumns('order_id', 'amount'), [
    'SELECT',
  ]);
  await acceptAll(consumer.ram);
  await linkDatabase(consumer);
  return emulator;
}

describe('a database link', () => {
  it('is followed to the tables that are granted, by who may describe it', async () => {
    const { consumer, reader, writer } = await startLinked();
    expect(await refusalOf(getTable(reader))).toEqual(
      describeRequired('sales_link'),
    );
    for (const who of [READER, WRITER]) {
      await grant(consumer.lakeFormation, who, onDatabase('sales_link'), [
        'DESCRIBE',
      ]);
    }

    expect(await getTable(reader)).toMatchObject({
      Name: 'orders',
      DatabaseName: 'sales',
      CatalogId: ACCOUNT,
      IsRegisteredWithLakeFormation: true,
      StorageDescriptor: {
        Columns: [{ Name: 'order_id' }, { Name: 'amount' }],
      },
    });
    expect(await tableNames(reader)).toEqual(['orders']);
    expect(await refusalOf(getTable(writer))).toEqual(
      describeRequired('orders'),
    );
    expect(await refusalOf(tableNames(writer))).toEqual(
      describeRequired('sales'),
    );
  });

  it('shows the properties of its target to who sees that, else its own', async () => {
    const { consumer, reader, writer } = await startLinked();
    for (const who of [READER, WRITER]) {
      await grant(consumer.lakeFormation, who, onDatabase('sales_link'), [
        'DESCRIBE',
      ]);
    }
    const own = {
      Name: 'sales_link',
      CatalogId: OTHER_ACCOUNT,
      TargetDatabase: { CatalogId: ACCOUNT, DatabaseName: 'sales' },
    };
    const getDatabase = async ({ glue }: TestClients) =>
      (await glue.send(new GetDatabaseCommand({ Name: 'sales_link' })))
        .Database;
    expect(await getDatabase(reader)).toMatchObject({
      ...own,
      Description: 'What we sold',
    });
    expect(await getDatabase(writer)).toMatchObject(own);
    expect(await getDatabase(writer)).not.toHaveProperty('Description');
  });

  it('is listed beside the databases that are shared, which have to be asked for', async () => {
    const { consumer, reader } = await startLinked();
    expect(await databaseNames(reader)).toEqual([]);
    await grant(consumer.lakeFormation, READER, onDatabase('sales_link'), [
      'DESCRIBE',
    ]);
    expect(await databaseNames(reader)).toEqual([
      `${OTHER_ACCOUNT} sales_link`,
    ]);
    expect(await databaseNames(reader, 'FOREIGN')).toEqual([
      `${ACCOUNT} sales`,
    ]);
    expect(await databaseNames(reader, 'ALL')).toEqual([
      `${ACCOUNT} sales`,
      `${OTHER_ACCOUNT} sales_link`,
    ]);
    // What is granted directly to another is not the administrator's to see.
    expect(await databaseNames(consumer, 'FOREIGN')).toEqual([]);
  });

  it('can be described and dropped, no more, and is granted by itself', async () => {
    const { consumer, owner } = await startLinked();
    const modification = invalidInputWith(
      'Permissions modification is invalid.',
    );
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, onDatabase('sales_link'), [
          'CREATE_TABLE',
        ]),
      ),
    ).toEqual(modification);
    const inside = invalidInputWith(
      'Database cannot be a link for this operation when called on a table.',
    );
    for (const resource of [
      onTable('orders', 'sales_link'),
      onAllTables('sales_link'),
    ]) {
      expect(
        await refusalOf(
          grant(consumer.lakeFormation, READER, resource, ['SELECT']),
        ),
      ).toEqual(inside);
      expect(
        await refusalOf(
          consumer.lakeFormation.send(
            new ListPermissionsCommand({ Resource: resource }),
          ),
        ),
      ).toEqual(inside);
    }
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, ACCOUNT, onDatabase('sales_link'), [
          'DESCRIBE',
        ]),
      ),
    ).toEqual(
      invalidInputWith('Resource links cannot be granted to another account.'),
    );
    expect(await columnsSeen(owner)).toHaveLength(3);
  });

  it('may lead nowhere, and then has no tables for anybody', async () => {
    const { consumer, owner } = await startLinked();
    await linkDatabase(consumer, 'dangling', { DatabaseName: 'nope' });
    await owner.glue.send(new DeleteDatabaseCommand({ Name: 'sales' }));
    await linkDatabase(owner, 'orphan');
    expect(await refusalOf(tableNames(consumer, 'dangling'))).toEqual(
      describeRequired('nope'),
    );
    expect(await refusalOf(tableNames(owner, 'orphan'))).toEqual(
      describeRequired('sales'),
    );
    expect(
      (await consumer.glue.send(new GetDatabaseCommand({ Name: 'dangling' })))
        .Database?.TargetDatabase,
    ).toEqual({ CatalogId: ACCOUNT, DatabaseName: 'nope' });
  });

  it('is deleted without its target, but lets tables of the target be deleted', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [
        aDatabase({ tables: [aTable(), aTable({ name: 'refunds' })] }),
      ],
    });
    await linkDatabase(asAdmin);
    const { lakeFormation, glue } = asAdmin;
    await grant(lakeFormation, rootOf(ACCOUNT), onTable(), ['DROP']);
    await glue.send(
      new DeleteTableCommand({ DatabaseName: 'sales_link', Name: 'orders' }),
    );
    expect(await tableNames(asAdmin, 'sales')).toEqual(['refunds']);
    await glue.send(new DeleteDatabaseCommand({ Name: 'sales_link' }));
    expect(await tableNames(asAdmin, 'sales')).toEqual(['refunds']);
  });

  it('lets its target be changed, but never where it leads', async () => {
    const { owner } = await startCrossAccount();
    await linkDatabase(owner);
    await grant(owner.lakeFormation, rootOf(ACCOUNT), onDatabase(), [
      'ALTER',
      'CREATE_TABLE',
    ]);
    await owner.glue.send(
      new UpdateDatabaseCommand({
        Name: 'sales_link',
        DatabaseInput: { Name: 'sales_link', Description: 'Changed' },
      }),
    );
    await owner.glue.send(
      new CreateTableCommand({
        DatabaseName: 'sales_link',
        TableInput: { Name: 'created' },
      }),
    );
    expect(
      (await owner.glue.send(new GetDatabaseCommand({ Name: 'sales' })))
        .Database,
    ).toMatchObject({ Name: 'sales', Description: 'Changed' });
    expect(await tableNames(owner, 'sales')).toEqual(['created', 'orders']);
    expect(
      await refusalOf(
        owner.glue.send(
          new UpdateDatabaseCommand({
            Name: 'sales_link',
            DatabaseInput: {
              Name: 'sales_link',
              TargetDatabase: { CatalogId: ACCOUNT, DatabaseName: 'other' },
            },
          }),
        ),
      ),
    ).toMatchObject({ code: 'InvalidInputException' });
    expect(await refusalOf(linkTable(owner, 'sales_link'))).toEqual(
      invalidInputWith(
        'Creating a table resource link through a database resource link is not supported.',
      ),
    );
  });

  it('leads to another region where it says so', async () => {
    const { owner, withCredentials } = await startCrossAccount({
      owner: { regions: ['eu-west-1', 'us-east-1'] },
    });
    const elsewhere = withCredentials(
      { accessKeyId: ACCOUNT, secretAccessKey: 'secret' },
      'us-east-1',
    );
    await linkDatabase(elsewhere, 'sales_link', { Region: 'eu-west-1' });
    await linkDatabase(elsewhere, 'here');
    expect(await tableNames(elsewhere)).toEqual(['orders']);
    expect(await refusalOf(tableNames(elsewhere, 'here'))).toEqual(
      describeRequired('sales'),
    );
    expect(await tableNames(owner, 'sales')).toEqual(['orders']);
  });
});

describe('a table link', () => {
  it('has its own name and the columns that are granted on its target', async () => {
    const { consumer, reader } = await startLinked();
    await linkTable(consumer, 'mart');
    const read = () => getTable(reader, 'orders_link', 'mart');
    expect(await refusalOf(read())).toEqual(describeRequired('orders_link'));
    await grant(
      consumer.lakeFormation,
      READER,
      onTable('orders_link', 'mart'),
      ['DESCRIBE'],
    );
    expect(await read()).toMatchObject({
      Name: 'orders_link',
      DatabaseName: 'mart',
      CatalogId: OTHER_ACCOUNT,
      TargetTable: {
        CatalogId: ACCOUNT,
        DatabaseName: 'sales',
        Name: 'orders',
      },
      StorageDescriptor: {
        Columns: [{ Name: 'order_id' }, { Name: 'amount' }],
      },
      IsRegisteredWithLakeFormation: true,
    });
    const { TableList } = await reader.glue.send(
      new GetTablesCommand({ DatabaseName: 'mart' }),
    );
    expect(TableList).toMatchObject([
      {
        Name: 'orders_link',
        StorageDescriptor: {
          Columns: [{ Name: 'order_id' }, { Name: 'amount' }],
        },
      },
    ]);
  });

  it('shows only itself where the target is hidden', async () => {
    const { consumer, writer } = await startLinked();
    await linkTable(consumer, 'mart');
    await grant(
      consumer.lakeFormation,
      WRITER,
      onTable('orders_link', 'mart'),
      ['DESCRIBE'],
    );
    expect(await refusalOf(getTable(writer, 'orders_link', 'mart'))).toEqual(
      describeRequired('orders'),
    );
    const { TableList = [] } = await writer.glue.send(
      new GetTablesCommand({ DatabaseName: 'mart' }),
    );
    expect(TableList.map(({ Name }) => Name)).toEqual(['orders_link']);
    expect(TableList[0]).not.toHaveProperty('StorageDescriptor');
  });

  it('gives no SELECT, and is deleted without its target', async () => {
    const { consumer, owner } = await startLinked();
    await linkTable(consumer, 'mart');
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, onTable('orders_link', 'mart'), [
          'SELECT',
        ]),
      ),
    ).toEqual(invalidInputWith('Permissions modification is invalid.'));
    await consumer.glue.send(
      new DeleteTableCommand({ DatabaseName: 'mart', Name: 'orders_link' }),
    );
    expect(await tableNames(consumer, 'mart')).toEqual([]);
    expect(await columnsSeen(owner)).toHaveLength(3);
  });

  it('behind a database link is not followed, has no partitions, and cannot be changed', async () => {
    const { asAdmin } = await startTestEmulator({
      databases: [aDatabase(), { name: 'mart', creator: rootOf(ACCOUNT) }],
    });
    await linkTable(asAdmin, 'mart');
    await linkDatabase(asAdmin, 'mart_link', { DatabaseName: 'mart' });
    const twice = await getTable(asAdmin, 'orders_link', 'mart_link');
    expect(twice).toMatchObject({ Name: 'orders_link', DatabaseName: 'mart' });
    expect(twice).not.toHaveProperty('StorageDescriptor');

    const { glue } = asAdmin;
    const partition = {
      TableName: 'orders_link',
      PartitionInput: { Values: ['2026-01-01'] },
    };
    await glue
      .send(
        new CreatePartitionCommand({
          DatabaseName: 'sales',
          ...partition,
          TableName: 'orders',
        }),
      )
      .catch(() => undefined);
    const partitions = await glue.send(
      new GetPartitionsCommand({
        DatabaseName: 'mart_link',
        TableName: 'orders_link',
      }),
    );
    expect(partitions.Partitions).toEqual([]);
    expect(
      await refusalOf(
        glue.send(
          new CreatePartitionCommand({
            DatabaseName: 'mart_link',
            ...partition,
          }),
        ),
      ),
    ).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining('not supported through both'),
    });
    expect(
      await refusalOf(
        glue.send(
          new UpdateTableCommand({
            DatabaseName: 'mart_link',
            TableInput: { Name: 'orders_link' },
          }),
        ),
      ),
    ).toMatchObject({ code: 'InvalidInputException' });
  });

  it('lets its target be changed', async () => {
    const { owner } = await startCrossAccount({
      owner: {
        databases: [aDatabase(), { name: 'mart', creator: rootOf(ACCOUNT) }],
      },
    });
    await linkTable(owner, 'mart');
    await grant(owner.lakeFormation, rootOf(ACCOUNT), onTable(), ['ALTER']);
    await owner.glue.send(
      new UpdateTableCommand({
        DatabaseName: 'mart',
        TableInput: {
          Name: 'orders_link',
          StorageDescriptor: { Columns: [{ Name: 'id' }] },
        },
      }),
    );
    expect(await columnsSeen(owner)).toEqual(['id']);
  });
});

it('links survive their target, whose grants apply to a new one of its name', async () => {
  const { owner, consumer, reader } = await startLinked();
  await grant(consumer.lakeFormation, READER, onDatabase('sales_link'), [
    'DESCRIBE',
  ]);
  const root = rootOf(ACCOUNT);
  await grant(owner.lakeFormation, root, onTable(), ['DROP']);
  await owner.glue.send(
    new DeleteTableCommand({ DatabaseName: 'sales', Name: 'orders' }),
  );
  expect(await refusalOf(getTable(reader))).toMatchObject({
    code: 'EntityNotFoundException',
  });
  await owner.glue.send(
    new CreateTableCommand({
      DatabaseName: 'sales',
      TableInput: {
        Name: 'orders',
        StorageDescriptor: {
          Columns: [{ Name: 'amount' }, { Name: 'secret' }],
        },
      },
    }),
  );
  expect((await getTable(reader))?.StorageDescriptor?.Columns).toEqual([
    { Name: 'amount' },
  ]);
  await revoke(owner.lakeFormation, READER, onColumns('order_id', 'amount'), [
    'SELECT',
  ]);
  expect(await refusalOf(getTable(reader))).toEqual(describeRequired('orders'));
});
