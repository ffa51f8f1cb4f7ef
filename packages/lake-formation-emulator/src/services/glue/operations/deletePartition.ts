import type {
  DeletePartitionRequest,
  DeletePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { dropPartition } from '../partitionInput';

export const deletePartition: Operation<
  DeletePartitionRequest,
  DeletePartitionResponse
> = (input, context) => {
  const target = changeableTable(context, input, 'DELETE');
  dropPartition(target, input.PartitionValues);
  return {};
};
