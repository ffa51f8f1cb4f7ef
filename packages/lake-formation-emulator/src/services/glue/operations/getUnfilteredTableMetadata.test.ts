import {
  GetUnfilteredPartitionMetadataCommand,
  GetUnfilteredPartitionsMetadataCommand,
  GetUnfilteredTableMetadataCommand,
  GetUnfilteredTableMetadataCommandInput,
  PermissionType,
} from '@aws-sdk/client-glue';
import { assumedRole } from '../../../__testUtils__/assumedRole';
import { createFilter } from '../../../__testUtils__/filters';
import { grant, onColumns, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable } from '../../../__testUtils__/seeds';
import {
  TestEmulator,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';
import { SeedAccount } from '../../../seed/SeedAccount';

const ALL_COLUMNS = ['order_id', 'email', 'amount', 'day'];

const started = (account: Partial<SeedAccount> = {}) =>
  startTestEmulator({
    locations: [{ arn: 'arn:aws:s3:::lake' }],
    settings: {
      allowExternalDataFiltering: true,
      externalDataFilteringAllowList: ['111111111111'],
      authorizedSessionTagValues: ['engine-1'],
    },
    databases: [
      aDatabase({
        tables: [
          aTable({
            partitions: [
              { values: ['2026-01-01'] },
              { values: ['2026-01-02'], location: 's3://attic/orders' },
            ],
          }),
        ],
      }),
    ],
    ...account,
  });

const asEngine = (emulator: TestEmulator) =>
  assumedRole(emulator, 'Analyst', {
    LakeFormationAuthorizedCaller: 'engine-1',
  });

const SUPPORTED: PermissionType[] = [
  'COLUMN_PERMISSION',
  'CELL_FILTER_PERMISSION',
];

async function metadata(
  emulator: TestEmulator,
  fields: Partial<GetUnfilteredTableMetadataCommandInput> = {},
) {
  const { glue } = await asEngine(emulator);
  return glue.send(
    new GetUnfilteredTableMetadataCommand({
      CatalogId: '111111111111',
      DatabaseName: 'sales',
      Name: 'orders',
      SupportedPermissionTypes: SUPPORTED,
      ...fields,
    }),
  );
}

async function giveFilter(
  emulator: TestEmulator,
  Name: string,
  FilterExpression: string,
  ...ColumnNames: string[]
) {
  const { lakeFormation } = emulator.asAdmin;
  await createFilter(lakeFormation, {
    Name,
    RowFilter: { FilterExpression },
    ColumnNames,
    ColumnWildcard: undefined,
  });
  await grant(
    lakeFormation,
    'Analyst',
    {
      DataCellsFilter: {
        TableCatalogId: '111111111111',
        DatabaseName: 'sales',
        TableName: 'orders',
        Name,
      },
    },
    ['SELECT'],
  );
}

describe('GetUnfilteredTableMetadata', () => {
  it('gives the whole schema, with the columns that may be read', async () => {
    const emulator = await started();
    await grant(
      emulator.asAdmin.lakeFormation,
      'Analyst',
      onColumns('order_id'),
      ['SELECT'],
    );
    const found = await metadata(emulator);
    expect(
      found.Table?.StorageDescriptor?.Columns?.map(({ Name }) => Name),
    ).toEqual(['order_id', 'email', 'amount']);
    expect(found).toMatchObject({
      AuthorizedColumns: ['order_id', 'day'],
      IsRegisteredWithLakeFormation: true,
      CellFilters: [],
    });
    expect(found.RowFilter).toBeUndefined();
  });

  it('has no authorized columns for who may only describe the table', async () => {
    const emulator = await started();
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable(), [
      'DESCRIBE',
    ]);
    expect(await metadata(emulator)).toMatchObject({
      AuthorizedColumns: [],
      Permissions: ['DESCRIBE'],
    });
    expect(
      await refusalOf(metadata(emulator, { Permissions: ['SELECT'] })),
    ).toMatchObject({ message: 'Access is not allowed.' });
  });

  it('joins filters: of each column the rows that any of them gives', async () => {
    const emulator = await started();
    await giveFilter(emulator, 'cheap', 'amount < 10', 'order_id', 'amount');
    expect(await metadata(emulator)).toMatchObject({
      AuthorizedColumns: ['order_id', 'amount', 'day'],
      CellFilters: [
        { ColumnName: 'order_id', RowFilterExpression: 'amount < 10' },
        { ColumnName: 'amount', RowFilterExpression: 'amount < 10' },
        { ColumnName: 'day', RowFilterExpression: 'amount < 10' },
      ],
      RowFilter: 'amount < 10',
    });
    await giveFilter(emulator, 'odd', 'order_id = 1', 'order_id');
    const both = await metadata(emulator);
    expect(both.CellFilters?.slice(0, 2)).toEqual([
      {
        ColumnName: 'order_id',
        RowFilterExpression: '(amount < 10) OR (order_id = 1)',
      },
      { ColumnName: 'amount', RowFilterExpression: 'amount < 10' },
    ]);
    expect(both.RowFilter).toBeUndefined();
  });

  it('lets SELECT on the whole table win over filters', async () => {
    const emulator = await started();
    await giveFilter(emulator, 'cheap', 'amount < 10', 'amount');
    await grant(emulator.asAdmin.lakeFormation, 'Analyst', onTable(), [
      'SELECT',
    ]);
    expect(
      await metadata(emulator, {
        SupportedPermissionTypes: ['COLUMN_PERMISSION'],
      }),
    ).toMatchObject({ AuthorizedColumns: ALL_COLUMNS, CellFilters: [] });
  });

  it('refuses an engine that cannot enforce the filters', async () => {
    const emulator = await started();
    await giveFilter(emulator, 'cheap', 'amount < 10', 'amount');
    expect(
      await refusalOf(
        metadata(emulator, { SupportedPermissionTypes: ['COLUMN_PERMISSION'] }),
      ),
    ).toMatchObject({ code: 'PermissionTypeMismatchException' });
  });

  it('refuses whoever is no engine, and engines of whom nobody may see the table', async () => {
    const emulator = await started();
    expect(await refusalOf(metadata(emulator))).toMatchObject({
      message:
        'Insufficient Lake Formation permission(s): Required Describe on orders',
    });
    const closed = await started({ settings: {} });
    await grant(closed.asAdmin.lakeFormation, 'Analyst', onTable(), ['SELECT']);
    expect(await refusalOf(metadata(closed))).toMatchObject({
      code: 'AccessDeniedException',
      message: 'Access is not allowed.',
    });
  });

  it.each<[Partial<GetUnfilteredTableMetadataCommandInput>, string]>([
    [
      { SupportedPermissionTypes: ['ROWS' as PermissionType] },
      "at 'supportedPermissionTypes'",
    ],
    [{ Region: 'us-east-1' }, 'does not implement the parameter Region yet'],
  ])('refuses %j', async (fields, message) => {
    const emulator = await started();
    expect((await refusalOf(metadata(emulator, fields))).message).toContain(
      message,
    );
  });
});

describe('unfiltered metadata of partitions', () => {
  const names = {
    CatalogId: '111111111111',
    DatabaseName: 'sales',
    TableName: 'orders',
    SupportedPermissionTypes: SUPPORTED,
  };

  it('tells of each partition whether its data is registered', async () => {
    const emulator = await started();
    await grant(
      emulator.asAdmin.lakeFormation,
      'Analyst',
      onColumns('order_id'),
      ['SELECT'],
    );
    const { glue } = await asEngine(emulator);
    const { UnfilteredPartitions } = await glue.send(
      new GetUnfilteredPartitionsMetadataCommand(names),
    );
    expect(UnfilteredPartitions).toMatchObject([
      {
        Partition: { Values: ['2026-01-01'] },
        AuthorizedColumns: ['order_id', 'day'],
        IsRegisteredWithLakeFormation: true,
      },
      {
        Partition: { Values: ['2026-01-02'] },
        IsRegisteredWithLakeFormation: false,
      },
    ]);
    expect(
      UnfilteredPartitions?.[0].Partition?.StorageDescriptor?.Columns,
    ).toHaveLength(3);
    const some = await glue.send(
      new GetUnfilteredPartitionsMetadataCommand({
        ...names,
        Expression: "day > '2026-01-01'",
      }),
    );
    expect(some.UnfilteredPartitions).toHaveLength(1);
    expect(
      await glue.send(
        new GetUnfilteredPartitionMetadataCommand({
          ...names,
          PartitionValues: ['2026-01-02'],
        }),
      ),
    ).toMatchObject({
      Partition: { Values: ['2026-01-02'] },
      AuthorizedColumns: ['order_id', 'day'],
      IsRegisteredWithLakeFormation: false,
    });
  });

  it('is for engines only', async () => {
    const emulator = await started();
    const call = emulator
      .asRole('Analyst')
      .glue.send(new GetUnfilteredPartitionsMetadataCommand(names));
    expect(await refusalOf(call)).toMatchObject({
      message: 'Access is not allowed.',
    });
  });
});
