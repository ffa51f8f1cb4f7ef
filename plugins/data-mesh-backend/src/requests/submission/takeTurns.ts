import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { RequestRecord } from '../../store/requests/RequestRecord';

/** What two requests must not be made about at the same time. */
function subjectsOf(record: RequestRecord): string[][] {
  const { productRef, port, principal, amendsEntitlementId } = record;
  return [
    ['port', productRef, port, principal.id],
    ...(amendsEntitlementId ? [['entitlement', amendsEntitlementId]] : []),
  ];
}

function keyOf(subject: string[]): string {
  return createHash('sha256').update(JSON.stringify(subject)).digest('hex');
}

/**
 * Waits until nobody else makes a request for the same port and principal, or
 * about the same entitlement, and keeps others waiting until the transaction
 * ends. What is read afterwards in the transaction includes what they made.
 */
export async function takeTurns(
  tx: Knex.Transaction,
  records: readonly RequestRecord[],
): Promise<void> {
  // Always in the same order: two with common subjects cannot wait for each
  // other.
  const keys = [...new Set(records.flatMap(subjectsOf).map(keyOf))].sort();
  for (const key of keys) {
    // The update locks a row that is there already.
    await tx('request_turns').insert({ key }).onConflict('key').merge();
  }
}
