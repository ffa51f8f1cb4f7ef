import type {
  BatchUpdatePartitionRequest,
  BatchUpdatePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { checkBatch, eachPartition } from '../partitionErrors';
import { findPartition, putPartition } from '../partitionInput';

const MAX_ENTRIES = 100;

export const batchUpdatePartition: Operation<
  BatchUpdatePartitionRequest,
  BatchUpdatePartitionResponse
> = (input, context) => {
  checkBatch(input.Entries, MAX_ENTRIES);
  const target = changeableTable(context, input, 'INSERT');
  const errors = eachPartition(
    input.Entries,
    ({ PartitionValueList }) => PartitionValueList,
    ({ PartitionValueList, PartitionInput }) =>
      putPartition(
        target,
        PartitionInput,
        context,
        findPartition(target.table, PartitionValueList),
      ),
  );
  return {
    Errors: errors.map(({ PartitionValues, ErrorDetail }) => ({
      PartitionValueList: PartitionValues,
      ErrorDetail,
    })),
  };
};
