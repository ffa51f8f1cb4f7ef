import type {
  GetPartitionsRequest,
  GetPartitionsResponse,
} from '@aws-sdk/client-glue';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { readableTable } from '../partitionedTable';
import { partitionsPage } from '../partitionsPage';
import { renderPartition } from '../renderPartition';

export const getPartitions: Operation<
  GetPartitionsRequest,
  GetPartitionsResponse
> = (input, context) => {
  refuseMembers(input, ['TransactionId', 'QueryAsOfTime']);
  const target = readableTable(context, input);
  const page = partitionsPage(target.table, input);
  return {
    Partitions: page.items.map(partition =>
      renderPartition(target, partition, target.visible, {
        excludeColumnSchema: input.ExcludeColumnSchema,
      }),
    ),
    NextToken: page.nextToken,
  };
};
