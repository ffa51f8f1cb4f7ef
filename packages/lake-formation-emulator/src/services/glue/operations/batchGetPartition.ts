import type {
  BatchGetPartitionRequest,
  BatchGetPartitionResponse,
} from '@aws-sdk/client-glue';
import { partitionKey } from '../../../model/catalog/partitions';
import { Operation } from '../../Operation';
import { readableTable } from '../partitionedTable';
import { checkBatch } from '../partitionErrors';
import { checkedValues } from '../partitionInput';
import { renderPartition } from '../renderPartition';

const MAX_ENTRIES = 1000;

/** Partitions that are not there are left out. */
export const batchGetPartition: Operation<
  BatchGetPartitionRequest,
  BatchGetPartitionResponse
> = (input, context) => {
  checkBatch(input.PartitionsToGet, MAX_ENTRIES);
  const target = readableTable(context, input);
  const { table, visible } = target;
  return {
    Partitions: input.PartitionsToGet.flatMap(({ Values }) => {
      const key = partitionKey(checkedValues(table, Values));
      const found = table.partitions?.[key];
      return found ? [renderPartition(target, found, visible)] : [];
    }),
    UnprocessedKeys: [],
  };
};
