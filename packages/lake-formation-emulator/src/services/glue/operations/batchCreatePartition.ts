import type {
  BatchCreatePartitionRequest,
  BatchCreatePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { checkBatch, eachPartition } from '../partitionErrors';
import { putPartition } from '../partitionInput';

const MAX_ENTRIES = 100;

export const batchCreatePartition: Operation<
  BatchCreatePartitionRequest,
  BatchCreatePartitionResponse
> = (input, context) => {
  checkBatch(input.PartitionInputList, MAX_ENTRIES);
  const target = changeableTable(context, input, 'INSERT');
  return {
    Errors: eachPartition(
      input.PartitionInputList,
      ({ Values }) => Values,
      entry => putPartition(target, entry, context),
    ),
  };
};
