import { TableDefinition } from './TableDefinition';

/** A partition. `definition` is Glue's PartitionInput, dates as milliseconds. */
export interface PartitionRecord {
  readonly values: readonly string[];
  definition: PartitionDefinition;
  readonly createdAt: number;
}

/** Glue's PartitionInput as far as the emulator reads it. */
export type PartitionDefinition = Pick<TableDefinition, 'StorageDescriptor'> & {
  readonly [member: string]: unknown;
};

/** The partitions of a table by their values, as `partitionKey` has them. */
export type Partitions = Record<string, PartitionRecord>;

/** A text that is equal exactly for equal values. */
export const partitionKey = (values: readonly string[]) =>
  JSON.stringify(values);

/** The partitions of a table in the order of listings: by their keys. */
export const sortedPartitions = (
  partitions: Partitions = {},
): { key: string; partition: PartitionRecord }[] =>
  Object.keys(partitions)
    .sort()
    .map(key => ({ key, partition: partitions[key] }));
