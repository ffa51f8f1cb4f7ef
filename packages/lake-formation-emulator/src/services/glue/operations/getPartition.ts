import type {
  GetPartitionRequest,
  GetPartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { readableTable } from '../partitionedTable';
import { findPartition } from '../partitionInput';
import { renderPartition } from '../renderPartition';

export const getPartition: Operation<
  GetPartitionRequest,
  GetPartitionResponse
> = (input, context) => {
  const target = readableTable(context, input);
  const partition = findPartition(target.table, input.PartitionValues);
  return { Partition: renderPartition(target, partition, target.visible) };
};
