import {
  BatchGrantPermissionsCommand,
  BatchRevokePermissionsCommand,
  GrantPermissionsCommand,
  RevokePermissionsCommand,
  type BatchPermissionsFailureEntry,
  type LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../../aws/AwsClients';
import { BatchError, FailedEntry } from '../../aws/BatchError';
import { Gatherer } from '../../aws/Gatherer';
import { OpenWindow } from '../../aws/GatheringWindow';
import { isRefusal } from '../../aws/classify';
import { PermissionEntry, readEntry } from '../../lake/wire';
import { resourceInWords } from '../../lake/words';
import { isNothingToRevoke } from './isNothingToRevoke';

/** AWS's limit of a batch; the SDK does not stop a larger one. */
export const ENTRIES_IN_A_BATCH = 20;

/** Entries to grant or revoke in one catalog. */
export interface PermissionWrite {
  /** The account that grants: the catalog's own, or one it is shared with. */
  accountId: string;
  region: string;
  /** The account whose catalog it is about. */
  catalogAccountId: string;
  entries: PermissionEntry[];
  signal?: AbortSignal;
}

type Batch = Array<PermissionEntry & { Id: string }>;

/** How one direction is written, and which failures mean that it is done. */
interface Direction {
  one(
    client: LakeFormationClient,
    input: PermissionEntry & { CatalogId: string },
    abortSignal: AbortSignal | undefined,
  ): Promise<unknown>;
  batch(
    client: LakeFormationClient,
    input: { CatalogId: string; Entries: Batch },
    abortSignal: AbortSignal | undefined,
  ): Promise<{ Failures?: BatchPermissionsFailureEntry[] }>;
  isDone(code: string, message: string): boolean;
}

const GRANT: Direction = {
  one: (client, input, abortSignal) =>
    client.send(new GrantPermissionsCommand(input), { abortSignal }),
  batch: (client, input, abortSignal) =>
    client.send(new BatchGrantPermissionsCommand(input), { abortSignal }),
  // Granting what is held succeeds by itself.
  isDone: () => false,
};

const REVOKE: Direction = {
  one: (client, input, abortSignal) =>
    client.send(new RevokePermissionsCommand(input), { abortSignal }),
  batch: (client, input, abortSignal) =>
    client.send(new BatchRevokePermissionsCommand(input), { abortSignal }),
  isDone: isNothingToRevoke,
};

/** What became of an entry: nothing to say where it is done. */
type Outcome = FailedEntry | undefined;

/** An entry failed, and it is not told which: none of them counts as done. */
class UnplacedFailure extends Error {
  constructor(id: string | undefined, code: string, message: string) {
    super(
      id
        ? `AWS answered that entry '${id}' failed, which was not sent: ${message}`
        : `AWS answered that an entry failed, but not which: ${message}`,
    );
    this.name = code;
  }
}

/**
 * Grants and revokes in batches, which writes of several steps share where they
 * are under way at the same moment to one catalog.
 */
export class PermissionWriter {
  readonly #clients: AwsClients;
  readonly #openWindow: OpenWindow;
  readonly #gatherers = new Map<string, Gatherer<PermissionEntry, Outcome>>();

  constructor(options: { clients: AwsClients; openWindow: OpenWindow }) {
    this.#clients = options.clients;
    this.#openWindow = options.openWindow;
  }

  /** @throws BatchError naming the entries that failed; the others are granted */
  grant(write: PermissionWrite): Promise<void> {
    return this.#write('grant', GRANT, write);
  }

  /**
   * What is not held counts as revoked.
   *
   * @throws BatchError naming the entries that failed; the others are revoked
   */
  revoke(write: PermissionWrite): Promise<void> {
    return this.#write('revoke', REVOKE, write);
  }

  async #write(
    name: string,
    direction: Direction,
    write: PermissionWrite,
  ): Promise<void> {
    const { entries, signal } = write;
    if (entries.length === 0) return;
    const { lakeFormation } = await this.#clients.get(
      write.accountId,
      write.region,
    );
    const outcomes: Outcome[] = [];
    // What fills batches by itself need not wait for others.
    const full = entries.length - (entries.length % ENTRIES_IN_A_BATCH);
    for (let from = 0; from < full; from += ENTRIES_IN_A_BATCH) {
      const batch = entries.slice(from, from + ENTRIES_IN_A_BATCH);
      outcomes.push(
        ...(await send(lakeFormation, direction, write, batch, signal)),
      );
    }
    outcomes.push(
      ...(await this.#gatherer(name, direction, lakeFormation, write).ask(
        entries.slice(full),
        signal,
      )),
    );
    const failures = outcomes.flatMap(outcome => outcome ?? []);
    if (failures.length > 0) throw new BatchError(failures, entries.length);
  }

  /** Of those who act by the same keys in the same catalog. */
  #gatherer(
    name: string,
    direction: Direction,
    client: LakeFormationClient,
    { accountId, region, catalogAccountId }: PermissionWrite,
  ): Gatherer<PermissionEntry, Outcome> {
    const key = `${name}/${accountId}/${region}/${catalogAccountId}`;
    const gatherer =
      this.#gatherers.get(key) ??
      new Gatherer<PermissionEntry, Outcome>({
        carryOut: (entries, signal) =>
          send(client, direction, { catalogAccountId }, entries, signal),
        limit: ENTRIES_IN_A_BATCH,
        window: this.#openWindow(),
        separates: isRefusal,
        // Two writers on one principal are answered with
        // ConcurrentModificationException.
        oneAtATime: true,
      });
    this.#gatherers.set(key, gatherer);
    return gatherer;
  }
}

/** One call for up to {@link ENTRIES_IN_A_BATCH} entries. */
async function send(
  client: LakeFormationClient,
  direction: Direction,
  { catalogAccountId: CatalogId }: { catalogAccountId: string },
  entries: PermissionEntry[],
  signal: AbortSignal | undefined,
): Promise<Outcome[]> {
  const [first, ...others] = entries;
  if (others.length === 0) {
    try {
      await direction.one(client, { CatalogId, ...first }, signal);
    } catch (error) {
      const { name, message } = error as Error;
      if (!direction.isDone(name, message)) throw error;
    }
    return [undefined];
  }
  const batch = entries.map((entry, index) => ({
    Id: String(index + 1),
    ...entry,
  }));
  const { Failures = [] } = await direction.batch(
    client,
    { CatalogId, Entries: batch },
    signal,
  );
  const outcomes: Outcome[] = entries.map(() => undefined);
  for (const { RequestEntry, Error: reason } of Failures) {
    const code = reason?.ErrorCode ?? 'UnknownError';
    const message = reason?.ErrorMessage ?? 'AWS gave no reason';
    if (direction.isDone(code, message)) continue;
    const index = batch.findIndex(({ Id }) => Id === RequestEntry?.Id);
    if (index < 0) throw new UnplacedFailure(RequestEntry?.Id, code, message);
    outcomes[index] = { subject: subjectOf(entries[index]), code, message };
  }
  return outcomes;
}

function subjectOf(entry: PermissionEntry): string {
  const grant = readEntry(entry, '');
  return grant
    ? resourceInWords(grant.resource).text.replaceAll('`', '')
    : 'an entry';
}
