import type {
  GetUnfilteredPartitionsMetadataRequest,
  GetUnfilteredPartitionsMetadataResponse,
} from '@aws-sdk/client-glue';
import { ALL_COLUMNS } from '../../../model/grants/ColumnSelection';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { partitionsPage } from '../partitionsPage';
import { renderPartition } from '../renderPartition';
import { isVended, unfilteredTable } from '../unfilteredTable';

export const getUnfilteredPartitionsMetadata: Operation<
  GetUnfilteredPartitionsMetadataRequest,
  GetUnfilteredPartitionsMetadataResponse
> = (input, context) => {
  refuseMembers(input, ['Region']);
  const found = unfilteredTable(context, input);
  const page = partitionsPage(found.table, input);
  return {
    UnfilteredPartitions: page.items.map(partition => ({
      Partition: renderPartition(found, partition, ALL_COLUMNS),
      AuthorizedColumns: [...found.authorizedColumns],
      IsRegisteredWithLakeFormation: isVended(
        found,
        partition.definition.StorageDescriptor?.Location,
      ),
    })),
    NextToken: page.nextToken,
  };
};
