import type {
  BatchDeletePartitionRequest,
  BatchDeletePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { checkBatch, eachPartition } from '../partitionErrors';
import { dropPartition } from '../partitionInput';

const MAX_ENTRIES = 25;

export const batchDeletePartition: Operation<
  BatchDeletePartitionRequest,
  BatchDeletePartitionResponse
> = (input, context) => {
  checkBatch(input.PartitionsToDelete, MAX_ENTRIES);
  const target = changeableTable(context, input, 'DELETE');
  return {
    Errors: eachPartition(
      input.PartitionsToDelete,
      ({ Values }) => Values,
      ({ Values }) => dropPartition(target, Values),
    ),
  };
};
