import type { PartitionInput } from '@aws-sdk/client-glue';
import {
  alreadyExists,
  entityNotFound,
  invalidInput,
} from '../../model/api/AwsError';
import {
  TableRecord,
  locationOf,
  partitionKeysOf,
} from '../../model/catalog/TableRecord';
import { isUnder, s3Path } from '../../model/state/locations';
import { PartitionRecord, partitionKey } from '../../model/catalog/partitions';
import { OperationContext, Validated } from '../Operation';
import { requireDataLocation } from './glueCatalog';
import { PartitionedTable } from './partitionedTable';
import { storedDefinition } from './renderTable';

/** Refuses values that do not fit the partition keys of the table. */
export function checkedValues(
  table: TableRecord,
  values: readonly string[] | undefined,
): readonly string[] {
  const expected = partitionKeysOf(table).length;
  if (values?.length !== expected) {
    // AWS's text.
    throw invalidInput(
      'The number of partition keys do not match the number of partition values',
    );
  }
  return values;
}

/** The partition with the values. Refuses what is not there. */
export function findPartition(
  table: TableRecord,
  values: readonly string[] | undefined,
): PartitionRecord {
  const key = partitionKey(checkedValues(table, values));
  const found = table.partitions?.[key];
  if (!found) throw entityNotFound('Cannot find partition.');
  return found;
}

/** Puts a partition, which may come from other values. */
export function putPartition(
  { catalog, table }: PartitionedTable,
  input: Validated<PartitionInput>,
  context: OperationContext,
  from?: PartitionRecord,
): void {
  const values = checkedValues(table, input.Values ?? from?.values);
  const location = input.StorageDescriptor?.Location;
  const home = locationOf(table);
  // Within the table's own location it needs no further right.
  if (location && !(home && isUnder(s3Path(location), s3Path(home)))) {
    requireDataLocation(catalog, context, location);
  }
  const key = partitionKey(values);
  const fromKey = from && partitionKey(from.values);
  if (key !== fromKey && table.partitions?.[key]) {
    throw alreadyExists('Partition already exists.');
  }
  const { Values, ...definition } = storedDefinition(input);
  const partitions = (table.partitions ??= {});
  if (fromKey) delete partitions[fromKey];
  partitions[key] = {
    values: [...values],
    definition,
    createdAt: from?.createdAt ?? context.now.getTime(),
  };
}

/** Takes a partition away. Refuses what is not there. */
export function dropPartition(
  { table }: PartitionedTable,
  values: readonly string[] | undefined,
): void {
  const found = findPartition(table, values);
  delete table.partitions?.[partitionKey(found.values)];
}
