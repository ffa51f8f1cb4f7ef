import type {
  UpdatePartitionRequest,
  UpdatePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { findPartition, putPartition } from '../partitionInput';

/** Replaces a partition, which may move to other values. */
export const updatePartition: Operation<
  UpdatePartitionRequest,
  UpdatePartitionResponse
> = (input, context) => {
  const target = changeableTable(context, input, 'INSERT');
  const from = findPartition(target.table, input.PartitionValueList);
  putPartition(target, input.PartitionInput, context, from);
  return {};
};
