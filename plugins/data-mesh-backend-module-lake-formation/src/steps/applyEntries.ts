import {
  BatchGrantPermissionsCommand,
  BatchRevokePermissionsCommand,
  GrantPermissionsCommand,
  RevokePermissionsCommand,
  type BatchPermissionsFailureEntry,
  type LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import { BatchError, FailedEntry } from '../aws/BatchError';
import { placeInWords } from '../model/Place';
import { PermissionEntry, readEntry } from './permissionEntries';

/** AWS's limit of a batch; the SDK does not stop a larger one. */
export const ENTRIES_IN_A_BATCH = 20;

/** How one direction is written, and which failures mean that it is done. */
interface Direction {
  one(entry: PermissionEntry): Promise<unknown>;
  batch(
    entries: Array<PermissionEntry & { Id: string }>,
  ): Promise<{ Failures?: BatchPermissionsFailureEntry[] }>;
  isDone(code: string, message: string): boolean;
}

interface Write {
  client: LakeFormationClient;
  /** The account whose catalog it is about. */
  catalogAccountId: string;
  entries: PermissionEntry[];
  signal?: AbortSignal;
}

/**
 * Grants all entries, in batches.
 *
 * @throws BatchError naming the entries that failed; the others are granted
 */
export function grantEntries(write: Write): Promise<void> {
  const { client, catalogAccountId: CatalogId, signal: abortSignal } = write;
  return writeEntries(write, {
    one: entry =>
      client.send(new GrantPermissionsCommand({ CatalogId, ...entry }), {
        abortSignal,
      }),
    batch: Entries =>
      client.send(new BatchGrantPermissionsCommand({ CatalogId, Entries }), {
        abortSignal,
      }),
    // Granting what is held succeeds by itself.
    isDone: () => false,
  });
}

/**
 * Revokes all entries, in batches. What is not held counts as revoked.
 *
 * @throws BatchError naming the entries that failed; the others are revoked
 */
export function revokeEntriesOf(write: Write): Promise<void> {
  const { client, catalogAccountId: CatalogId, signal: abortSignal } = write;
  return writeEntries(write, {
    one: entry =>
      client.send(new RevokePermissionsCommand({ CatalogId, ...entry }), {
        abortSignal,
      }),
    batch: Entries =>
      client.send(new BatchRevokePermissionsCommand({ CatalogId, Entries }), {
        abortSignal,
      }),
    isDone: isNothingToRevoke,
  });
}

/**
 * AWS has several texts for a revoke of what is not held, or of a principal or
 * table that is gone. Nothing finer than their beginnings is stable.
 */
export function isNothingToRevoke(code: string, message: string): boolean {
  return (
    code === 'EntityNotFoundException' ||
    (code === 'InvalidInputException' &&
      (message.startsWith('No permissions revoked') ||
        message.startsWith('Grantee has no permissions') ||
        message.includes('not found')))
  );
}

async function writeEntries(
  { entries }: Write,
  direction: Direction,
): Promise<void> {
  const [first, ...others] = entries;
  if (!first) return;
  if (others.length === 0) {
    try {
      await direction.one(first);
    } catch (error) {
      const { name, message } = error as Error;
      if (!direction.isDone(name, message)) throw error;
    }
    return;
  }
  const failures: FailedEntry[] = [];
  for (let from = 0; from < entries.length; from += ENTRIES_IN_A_BATCH) {
    const batch = entries
      .slice(from, from + ENTRIES_IN_A_BATCH)
      .map((entry, index) => ({ Id: String(index + 1), ...entry }));
    const { Failures = [] } = await direction.batch(batch);
    for (const { RequestEntry, Error: reason } of Failures) {
      const code = reason?.ErrorCode ?? 'UnknownError';
      const message = reason?.ErrorMessage ?? 'AWS gave no reason';
      if (!direction.isDone(code, message)) {
        failures.push({
          subject: subjectOf(RequestEntry, batch),
          code,
          message,
        });
      }
    }
  }
  if (failures.length > 0) throw new BatchError(failures, entries.length);
}

function subjectOf(
  failed: BatchPermissionsFailureEntry['RequestEntry'],
  batch: Array<PermissionEntry & { Id: string }>,
): string {
  const sent = batch.find(one => one.Id === failed?.Id);
  const entry = readEntry(sent?.Resource, sent?.Permissions, [], '');
  return entry
    ? placeInWords(entry.place).replaceAll('`', '')
    : `entry ${failed?.Id ?? 'without id'}`;
}
