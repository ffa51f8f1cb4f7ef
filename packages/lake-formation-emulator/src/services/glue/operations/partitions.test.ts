import {
  BatchCreatePartitionCommand,
  BatchDeletePartitionCommand,
  BatchGetPartitionCommand,
  BatchUpdatePartitionCommand,
  CreatePartitionCommand,
  DeletePartitionCommand,
  GetPartitionCommand,
  GetPartitionsCommand,
  GetPartitionsCommandInput,
  PartitionInput,
  UpdatePartitionCommand,
} from '@aws-sdk/client-glue';
import { grant, onColumns, onTable } from '../../../__testUtils__/permissions';
import { refusalOf } from '../../../__testUtils__/refusal';
import { aDatabase, aTable, roleArn } from '../../../__testUtils__/seeds';
import { SeedAccount } from '../../../seed/SeedAccount';
import {
  TestClients,
  startTestEmulator,
} from '../../../__testUtils__/startTestEmulator';

const ORDERS = { DatabaseName: 'sales', TableName: 'orders' };

const COLUMNS = [
  { Name: 'order_id', Type: 'bigint' },
  { Name: 'email', Type: 'string' },
];

const aPartition = (
  day: string,
  Location = `s3://lake/sales/orders/day=${day}`,
): PartitionInput => ({
  Values: [day],
  StorageDescriptor: { Columns: COLUMNS, Location },
});

const createAs = ({ glue }: TestClients, partition: PartitionInput) =>
  glue.send(
    new CreatePartitionCommand({ ...ORDERS, PartitionInput: partition }),
  );

const listed = async (
  { glue }: TestClients,
  fields: Partial<GetPartitionsCommandInput> = {},
) => {
  const pages: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page = await glue.send(
      new GetPartitionsCommand({ ...ORDERS, ...fields, NextToken }),
    );
    pages.push((page.Partitions ?? []).map(({ Values }) => `${Values}`));
    NextToken = page.NextToken;
  } while (NextToken);
  return pages;
};

/** With a steward who may alter the table. */
const started = (account: Partial<SeedAccount> = {}) =>
  startTestEmulator({
    grants: [
      {
        principal: roleArn('Steward'),
        resource: { database: 'sales', table: 'orders' },
        permissions: ['ALTER'],
      },
    ],
    ...account,
  });

/** With partitions of the first days of January, made in another order. */
async function withDays(...days: number[]) {
  const emulator = await started();
  const steward = emulator.asRole('Steward');
  const { Errors } = await steward.glue.send(
    new BatchCreatePartitionCommand({
      ...ORDERS,
      PartitionInputList: days.map(day => aPartition(`2026-01-0${day}`)),
    }),
  );
  expect(Errors).toEqual([]);
  return { ...emulator, steward };
}

describe('partitions', () => {
  it('come back as they were created', async () => {
    const emulator = await started();
    const asAdmin = emulator.asRole('Steward');
    const LastAccessTime = new Date('2026-01-02T00:00:00Z');
    await createAs(asAdmin, {
      ...aPartition('2026-01-01'),
      Parameters: { rows: '10' },
      LastAccessTime,
    });
    const { Partition } = await asAdmin.glue.send(
      new GetPartitionCommand({ ...ORDERS, PartitionValues: ['2026-01-01'] }),
    );
    expect(Partition).toEqual({
      ...aPartition('2026-01-01'),
      Parameters: { rows: '10' },
      LastAccessTime,
      DatabaseName: 'sales',
      TableName: 'orders',
      CatalogId: '111111111111',
      CreationTime: expect.any(Date),
    });
  });

  it('are listed by their values, in pages, by expression and by segment', async () => {
    const { steward: asAdmin } = await withDays(3, 1, 4, 2);
    expect(await listed(asAdmin, { MaxResults: 3 })).toEqual([
      ['2026-01-01', '2026-01-02', '2026-01-03'],
      ['2026-01-04'],
    ]);
    expect(await listed(asAdmin, { Expression: "day > '2026-01-02'" })).toEqual(
      [['2026-01-03', '2026-01-04']],
    );
    const segments = await Promise.all(
      [0, 1, 2].map(SegmentNumber =>
        listed(asAdmin, { Segment: { SegmentNumber, TotalSegments: 3 } }),
      ),
    );
    expect(segments.flat(2).sort()).toEqual([
      '2026-01-01',
      '2026-01-02',
      '2026-01-03',
      '2026-01-04',
    ]);
  });

  it('are read in batches, without what is not there', async () => {
    const { steward: asAdmin } = await withDays(1, 2);
    const { Partitions, UnprocessedKeys } = await asAdmin.glue.send(
      new BatchGetPartitionCommand({
        ...ORDERS,
        PartitionsToGet: [
          { Values: ['2026-01-02'] },
          { Values: ['1999-01-01'] },
        ],
      }),
    );
    expect(Partitions).toMatchObject([{ Values: ['2026-01-02'] }]);
    expect(UnprocessedKeys).toEqual([]);
  });

  it('are replaced, also by one of other values', async () => {
    const { steward: asAdmin } = await withDays(1, 2);
    const update = (day: string, partition: PartitionInput) =>
      asAdmin.glue.send(
        new UpdatePartitionCommand({
          ...ORDERS,
          PartitionValueList: [day],
          PartitionInput: partition,
        }),
      );
    await update('2026-01-01', aPartition('2026-01-05'));
    expect(await listed(asAdmin)).toEqual([['2026-01-02', '2026-01-05']]);
    expect(
      await refusalOf(update('2026-01-05', aPartition('2026-01-02'))),
    ).toMatchObject({ code: 'AlreadyExistsException' });
    const { Errors } = await asAdmin.glue.send(
      new BatchUpdatePartitionCommand({
        ...ORDERS,
        Entries: [
          {
            PartitionValueList: ['2026-01-05'],
            PartitionInput: {
              ...aPartition('2026-01-05'),
              Parameters: { a: 'b' },
            },
          },
          {
            PartitionValueList: ['2026-01-09'],
            PartitionInput: aPartition('2026-01-09'),
          },
        ],
      }),
    );
    expect(Errors).toEqual([
      {
        PartitionValueList: ['2026-01-09'],
        ErrorDetail: {
          ErrorCode: 'EntityNotFoundException',
          ErrorMessage: 'Cannot find partition.',
        },
      },
    ]);
  });

  it('are deleted, one or many', async () => {
    const { steward: asAdmin } = await withDays(1, 2, 3);
    await asAdmin.glue.send(
      new DeletePartitionCommand({
        ...ORDERS,
        PartitionValues: ['2026-01-01'],
      }),
    );
    const { Errors } = await asAdmin.glue.send(
      new BatchDeletePartitionCommand({
        ...ORDERS,
        PartitionsToDelete: [
          { Values: ['2026-01-01'] },
          { Values: ['2026-01-02'] },
        ],
      }),
    );
    expect(Errors).toMatchObject([
      {
        PartitionValues: ['2026-01-01'],
        ErrorDetail: { ErrorCode: 'EntityNotFoundException' },
      },
    ]);
    expect(await listed(asAdmin)).toEqual([['2026-01-03']]);
  });

  it('report what cannot be created in a batch, and create the rest', async () => {
    const { steward: asAdmin } = await withDays(1);
    const { Errors } = await asAdmin.glue.send(
      new BatchCreatePartitionCommand({
        ...ORDERS,
        PartitionInputList: [
          aPartition('2026-01-01'),
          { Values: ['a', 'b'] },
          aPartition('2026-01-02'),
        ],
      }),
    );
    expect(Errors).toEqual([
      {
        PartitionValues: ['2026-01-01'],
        ErrorDetail: {
          ErrorCode: 'AlreadyExistsException',
          ErrorMessage: 'Partition already exists.',
        },
      },
      {
        PartitionValues: ['a', 'b'],
        ErrorDetail: {
          ErrorCode: 'InvalidInputException',
          ErrorMessage:
            'The number of partition keys do not match the number of partition values',
        },
      },
    ]);
    expect(await listed(asAdmin)).toEqual([['2026-01-01', '2026-01-02']]);
  });

  it('show a reader the granted columns only', async () => {
    const emulator = await withDays(1);
    const analyst = emulator.asRole('Analyst');
    expect((await refusalOf(listed(analyst))).message).toBe(
      'Insufficient Lake Formation permission(s): Required Describe on orders',
    );
    await grant(
      emulator.asAdmin.lakeFormation,
      'Analyst',
      onColumns('order_id'),
      ['SELECT'],
    );
    const { Partitions } = await analyst.glue.send(
      new GetPartitionsCommand(ORDERS),
    );
    expect(Partitions?.[0].StorageDescriptor?.Columns).toEqual([COLUMNS[0]]);
    const bare = await analyst.glue.send(
      new GetPartitionsCommand({ ...ORDERS, ExcludeColumnSchema: true }),
    );
    expect(bare.Partitions?.[0].StorageDescriptor).toEqual({
      Location: 's3://lake/sales/orders/day=2026-01-01',
    });
  });

  it('are changed with ALTER, or with the right to write the data', async () => {
    const emulator = await withDays(1);
    const { lakeFormation } = emulator.asAdmin;
    const engineer = emulator.asRole('Engineer');
    const create = (day: string) => createAs(engineer, aPartition(day));
    const drop = (day: string) =>
      engineer.glue.send(
        new DeletePartitionCommand({ ...ORDERS, PartitionValues: [day] }),
      );
    await grant(lakeFormation, 'Engineer', onTable(), ['INSERT']);
    await create('2026-02-01');
    expect((await refusalOf(drop('2026-02-01'))).message).toBe(
      'Insufficient Lake Formation permission(s): Required Alter on orders',
    );
    await grant(lakeFormation, 'Engineer', onTable(), ['DELETE']);
    await drop('2026-02-01');
  });

  it('need data location access where they leave the location of the table', async () => {
    const emulator = await started({
      locations: [{ arn: 'arn:aws:s3:::lake' }],
    });
    const engineer = emulator.asRole('Steward');
    await createAs(engineer, aPartition('2026-01-01'));
    expect(
      await refusalOf(
        createAs(engineer, aPartition('2026-01-02', 's3://lake/else')),
      ),
    ).toMatchObject({ code: 'AccessDeniedException' });
    await createAs(engineer, aPartition('2026-01-03', 's3://other/bucket'));
  });

  it('come with the seed, laid out as Hive does', async () => {
    const { asAdmin } = await started({
      databases: [
        aDatabase({
          tables: [
            aTable({
              partitions: [
                { values: ['2026-01-01'] },
                { values: ['2026-01-02'], location: 's3://lake/else' },
              ],
            }),
          ],
        }),
      ],
    });
    const { Partitions } = await asAdmin.glue.send(
      new GetPartitionsCommand(ORDERS),
    );
    expect(
      Partitions?.map(({ StorageDescriptor }) => StorageDescriptor?.Location),
    ).toEqual(['s3://lake/sales/orders/day=2026-01-01', 's3://lake/else']);
    expect(Partitions?.[0].StorageDescriptor?.Columns).toHaveLength(3);
  });

  it.each<[string, Partial<GetPartitionsCommandInput>, string]>([
    [
      'an unknown key',
      { Expression: 'amount = 1' },
      "the table has no partition key 'amount'",
    ],
    [
      'a page that is too large',
      { MaxResults: 1001 },
      'less than or equal to 1000',
    ],
    [
      'a segment that is none',
      { Segment: { SegmentNumber: 2, TotalSegments: 2 } },
      'SegmentNumber must be from 0 to 1, found 2.',
    ],
    [
      'a time',
      { QueryAsOfTime: new Date() },
      'does not implement the parameter QueryAsOfTime yet',
    ],
  ])('are not listed by %s', async (_, fields, message) => {
    const { asAdmin } = await started();
    expect((await refusalOf(listed(asAdmin, fields))).message).toContain(
      message,
    );
  });

  it('stay with a snapshot and go with the table', async () => {
    const emulator = await withDays(1, 2);
    const saved = JSON.parse(JSON.stringify(emulator.snapshot()));
    await emulator.steward.glue.send(
      new DeletePartitionCommand({
        ...ORDERS,
        PartitionValues: ['2026-01-01'],
      }),
    );
    emulator.restore(saved);
    expect(await listed(emulator.asAdmin)).toEqual([
      ['2026-01-01', '2026-01-02'],
    ]);
  });
});
