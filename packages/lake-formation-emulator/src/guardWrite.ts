import { WritesInFlight } from './control/WritesInFlight';
import { writeKeys } from './control/writeKeys';
import { AwsError } from './model/api/AwsError';

/** A write that is being answered. */
export interface GuardedWrite {
  /** The refusal of an entry of a batch that overlaps with another write. */
  refusalOf(entry: unknown): AwsError | undefined;
  /** To be called when the write is answered. */
  end(): void;
}

const overlap = (service: string) =>
  new AwsError(
    'ConcurrentModificationException',
    service === 'glue'
      ? 'Update table failed due to concurrent modifications.'
      : 'Permission update/Delete failed for Resource: Please retry in a short while.',
  );

const entriesOf = ({ Entries }: Record<string, unknown>): unknown[] =>
  Array.isArray(Entries) ? Entries : [];

const catalogOf = ({ CatalogId }: Record<string, unknown>, account: string) =>
  typeof CatalogId === 'string' ? CatalogId : account;

/**
 * Lets a write go on if no other one on the same principal or table is being
 * answered. Of a batch only the entries that overlap are refused.
 *
 * @throws AwsError where the write overlaps
 */
export function guardWrite(
  writes: WritesInFlight,
  service: string,
  account: string,
  input: Record<string, unknown>,
): GuardedWrite {
  const owner = catalogOf(input, account);
  const entries = entriesOf(input);
  if (!entries.length) {
    const keys = writeKeys(input, owner);
    if (writes.overlaps(keys)) throw overlap(service);
    return { refusalOf: () => undefined, end: writes.begin(keys) };
  }
  const overlapping = new Set(
    entries.filter(entry => writes.overlaps(writeKeys(entry, owner))),
  );
  const ends = entries
    .filter(entry => !overlapping.has(entry))
    .map(entry => writes.begin(writeKeys(entry, owner)));
  return {
    refusalOf: entry => (overlapping.has(entry) ? overlap(service) : undefined),
    end: () => ends.forEach(end => end()),
  };
}
