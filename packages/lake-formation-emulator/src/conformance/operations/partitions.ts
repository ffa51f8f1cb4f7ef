import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

const ABSENT = 'EntityNotFoundException';

const orders = ({ database }: World) => ({
  DatabaseName: database,
  TableName: 'orders',
});

const onDay = ({ location }: World, day: string) => ({
  Values: [day],
  StorageDescriptor: { Location: `${location}/orders/day=${day}` },
});

const withDays = (world: World, ...days: string[]) =>
  world.admin.glue.batchCreatePartition({
    ...orders(world),
    PartitionInputList: days.map(day => onDay(world, day)),
  });

const daysOf = async (world: World, fields: object = {}) => {
  const { Partitions } = await world.admin.glue.getPartitions({
    ...orders(world),
    ...fields,
  });
  return (Partitions ?? []).map(({ Values }) => `${Values}`).sort();
};

export const partitionOperations = [
  conformance('glue:CreatePartition', {
    'is one of its values, of which there must be as many as keys':
      async world => {
        const { glue } = world.admin;
        const create = (Values: string[]) =>
          glue.createPartition({
            ...orders(world),
            PartitionInput: { ...onDay(world, '2026-01-01'), Values },
          });
        await create(['2026-01-01']);
        await refused(create(['2026-01-01']), 'AlreadyExistsException');
        const message = await refused(
          create(['a', 'b']),
          'InvalidInputException',
        );
        expect(message).toContain(
          'The number of partition keys do not match the number of partition values',
        );
      },
  }),
  conformance('glue:BatchCreatePartition', {
    'reports what is there already': async world => {
      await withDays(world, '2026-01-01');
      const { Errors } = await withDays(world, '2026-01-01', '2026-01-02');
      expect(Errors).toMatchObject([
        {
          PartitionValues: ['2026-01-01'],
          ErrorDetail: { ErrorCode: 'AlreadyExistsException' },
        },
      ]);
      expect(await daysOf(world)).toEqual(['2026-01-01', '2026-01-02']);
    },
  }),
  conformance('glue:GetPartition', {
    'shows what was created': async world => {
      await withDays(world, '2026-01-01');
      const { Partition } = await world.admin.glue.getPartition({
        ...orders(world),
        PartitionValues: ['2026-01-01'],
      });
      expect(Partition).toMatchObject({
        ...onDay(world, '2026-01-01'),
        CreationTime: expect.any(Date),
      });
    },
  }),
  conformance('glue:GetPartitions', {
    'filters by expression': async world => {
      await withDays(world, '2026-01-01', '2026-01-02', '2026-01-03');
      expect(
        await daysOf(world, { Expression: "day >= '2026-01-02'" }),
      ).toEqual(['2026-01-02', '2026-01-03']);
      expect(
        await daysOf(world, { Expression: "day IN ('2026-01-01')" }),
      ).toEqual(['2026-01-01']);
    },
    'refuses who does not see the table': async world => {
      const { glue } = await world.assume(world.analyst);
      await refused(glue.getPartitions(orders(world)), 'AccessDeniedException');
    },
  }),
  conformance('glue:BatchGetPartition', {
    'leaves out what is not there': async world => {
      await withDays(world, '2026-01-01');
      const { Partitions } = await world.admin.glue.batchGetPartition({
        ...orders(world),
        PartitionsToGet: [
          { Values: ['2026-01-01'] },
          { Values: ['1999-01-01'] },
        ],
      });
      expect(Partitions).toMatchObject([{ Values: ['2026-01-01'] }]);
    },
  }),
  conformance('glue:UpdatePartition', {
    'may move it to other values': async world => {
      await withDays(world, '2026-01-01');
      await world.admin.glue.updatePartition({
        ...orders(world),
        PartitionValueList: ['2026-01-01'],
        PartitionInput: onDay(world, '2026-02-01'),
      });
      expect(await daysOf(world)).toEqual(['2026-02-01']);
    },
  }),
  conformance('glue:BatchUpdatePartition', {
    'reports what is not there': async world => {
      const { Errors } = await world.admin.glue.batchUpdatePartition({
        ...orders(world),
        Entries: [
          {
            PartitionValueList: ['1999-01-01'],
            PartitionInput: onDay(world, '1999-01-01'),
          },
        ],
      });
      expect(Errors).toMatchObject([{ ErrorDetail: { ErrorCode: ABSENT } }]);
    },
  }),
  conformance('glue:DeletePartition', {
    'takes one': async world => {
      await withDays(world, '2026-01-01', '2026-01-02');
      const remove = () =>
        world.admin.glue.deletePartition({
          ...orders(world),
          PartitionValues: ['2026-01-01'],
        });
      await remove();
      expect(await daysOf(world)).toEqual(['2026-01-02']);
      await refused(remove(), ABSENT);
    },
  }),
  conformance('glue:BatchDeletePartition', {
    'takes many and reports the rest': async world => {
      await withDays(world, '2026-01-01', '2026-01-02');
      const { Errors } = await world.admin.glue.batchDeletePartition({
        ...orders(world),
        PartitionsToDelete: [
          { Values: ['2026-01-01'] },
          { Values: ['1999-01-01'] },
        ],
      });
      expect(Errors).toMatchObject([{ PartitionValues: ['1999-01-01'] }]);
      expect(await daysOf(world)).toEqual(['2026-01-02']);
    },
  }),
];
