import type {
  GetUnfilteredPartitionMetadataRequest,
  GetUnfilteredPartitionMetadataResponse,
} from '@aws-sdk/client-glue';
import { ALL_COLUMNS } from '../../../model/grants/ColumnSelection';
import { Operation } from '../../Operation';
import { refuseMembers } from '../../refuseMembers';
import { findPartition } from '../partitionInput';
import { renderPartition } from '../renderPartition';
import { isVended, unfilteredTable } from '../unfilteredTable';

export const getUnfilteredPartitionMetadata: Operation<
  GetUnfilteredPartitionMetadataRequest,
  GetUnfilteredPartitionMetadataResponse
> = (input, context) => {
  refuseMembers(input, ['Region']);
  const found = unfilteredTable(context, input);
  const partition = findPartition(found.table, input.PartitionValues);
  return {
    Partition: renderPartition(found, partition, ALL_COLUMNS),
    AuthorizedColumns: [...found.authorizedColumns],
    IsRegisteredWithLakeFormation: isVended(
      found,
      partition.definition.StorageDescriptor?.Location,
    ),
  };
};
