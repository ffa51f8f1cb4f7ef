import type {
  CreatePartitionRequest,
  CreatePartitionResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { changeableTable } from '../partitionedTable';
import { putPartition } from '../partitionInput';

export const createPartition: Operation<
  CreatePartitionRequest,
  CreatePartitionResponse
> = (input, context) => {
  const target = changeableTable(context, input, 'INSERT');
  putPartition(target, input.PartitionInput, context);
  return {};
};
