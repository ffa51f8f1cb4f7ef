import type { PartitionError } from '@aws-sdk/client-glue';
import { AwsError, invalidInput } from '../../model/api/AwsError';

/** Refuses a batch with more entries than AWS takes. */
export function checkBatch(entries: readonly unknown[], max: number): void {
  if (entries.length > max) {
    throw invalidInput(
      `A batch may have up to ${max} entries, found ${entries.length}.`,
    );
  }
}

/**
 * Does one thing after the other. What fails is reported and does not stop the
 * rest: the call as a whole succeeds.
 */
export function eachPartition<Entry>(
  entries: readonly Entry[],
  valuesOf: (entry: Entry) => readonly string[] | undefined,
  change: (entry: Entry) => void,
): PartitionError[] {
  return entries.flatMap(entry => {
    try {
      change(entry);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [
        {
          PartitionValues: [...(valuesOf(entry) ?? [])],
          ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
        },
      ];
    }
  });
}
