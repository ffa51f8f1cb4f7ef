import type {
  BatchGrantPermissionsRequest,
  BatchPermissionsFailureEntry,
} from '@aws-sdk/client-lakeformation';
import { AwsError, invalidInput } from '../../model/api/AwsError';
import { OperationContext, Validated } from '../Operation';
import { requestedCatalog } from './catalogAccess';
import { grant } from './changePermissions';

/** AWS's limit; the SDKs do not stop a larger batch. */
const MAX_ENTRIES = 20;

/**
 * Changes entry by entry. An entry that fails is reported and does not stop the
 * others: the call as a whole succeeds.
 */
export function changeInBatch(
  { Entries, CatalogId }: Validated<BatchGrantPermissionsRequest>,
  context: OperationContext,
  change: typeof grant,
): BatchPermissionsFailureEntry[] {
  requestedCatalog(context, CatalogId);
  if (Entries.length > MAX_ENTRIES) {
    throw invalidInput(
      `A batch may have up to ${MAX_ENTRIES} entries, found ${Entries.length}.`,
    );
  }
  const failures: BatchPermissionsFailureEntry[] = [];
  for (const entry of Entries) {
    try {
      const fault = context.entryFault(entry);
      if (fault) throw fault;
      change(entry, CatalogId, context);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failures.push({
        RequestEntry: entry,
        Error: { ErrorCode: error.code, ErrorMessage: error.message },
      });
    }
  }
  return failures;
}
