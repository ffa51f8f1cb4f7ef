import type {
  GetTemporaryGluePartitionCredentialsRequest,
  GetTemporaryGluePartitionCredentialsResponse,
} from '@aws-sdk/client-lakeformation';
import { locationOf } from '../../../model/catalog/TableRecord';
import { Operation } from '../../Operation';
import { findPartition } from '../../glue/partitionInput';
import { accessNotAllowed } from '../engineAccess';
import {
  requireVending,
  tableOfArn,
  vendKeys,
  vendedDuration,
} from '../vending';

const MAX_DURATION_S = 21_600;

/** Keys for the data of one partition. */
export const getTemporaryGluePartitionCredentials: Operation<
  GetTemporaryGluePartitionCredentialsRequest,
  GetTemporaryGluePartitionCredentialsResponse
> = (input, context) => {
  const seconds = vendedDuration(input.DurationSeconds, MAX_DURATION_S);
  const target = tableOfArn(context, input.TableArn);
  requireVending(context, target, input, locationOf(target.table));
  const partition = findPartition(target.table, input.Partition.Values);
  const path = partition.definition.StorageDescriptor?.Location;
  if (!path) throw accessNotAllowed();
  // A partition may lie outside of its table, in another location.
  const location = requireVending(context, target, input, path);
  const permissions = input.Permissions ?? ['SELECT'];
  return vendKeys(context, location, { paths: [path], permissions }, seconds);
};
