import type { Knex } from 'knex';
import type { JsonObject } from '@backstage/types';
import type { AuditLog } from '../audit/AuditLog';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { Tell } from '../events';
import { nextTurn } from '../turns';
import { compareFacts, judgePort } from './judgePort';
import { waitingOf, type Judgement } from './Publication';
import {
  NOTHING_DECIDED,
  columnsOf,
  decidedOf,
  differencesOf,
  type PortLooks,
  type PublicationRow,
} from './PublicationRow';
import type { PublicationStore } from './PublicationStore';
import type { PortLook } from './world';

/** What keeping publications needs. */
export interface KeepingDeps {
  store: PublicationStore;
  audit: AuditLog;
  events: Tell;
  now: () => Date;
  newId: () => string;
}

/** Sentences that an event of the audit trail takes. */
const MOST_WORDS = 200;

/** Which port it is about. */
export interface PortKey {
  productRef: string;
  port: string;
}

export interface PortToKeep extends PortKey {
  seen: PublicationRow | undefined;
  look: Omit<PortLook, 'looks'> & { looks?: PortLooks };
}

const looksOf = (row: PublicationRow) => ({
  product_title: row.product_title,
  product_version: row.product_version,
  port_title: row.port_title,
  owner_ref: row.owner_ref,
  domain_ref: row.domain_ref,
});

/** What changed in sentences, as far as the audit trail takes them. */
export function auditedWords(words: readonly string[]): JsonObject {
  return {
    changes: words.slice(0, MOST_WORDS),
    ...(words.length > MOST_WORDS && { more: words.length - MOST_WORDS }),
  };
}

/**
 * Judges a port by what holds now, and writes what that changes.
 *
 * @returns the row as it is now; undefined where there is nothing to keep
 */
export async function keepPublication(
  deps: KeepingDeps,
  { seen, look, ...key }: PortToKeep,
): Promise<PublicationRow | undefined> {
  const decided = seen ? decidedOf(seen) : NOTHING_DECIDED;
  await nextTurn();
  const { facts } = look.now;
  const compared =
    decided.accepted && facts
      ? await compareFacts(decided.accepted.facts, facts)
      : undefined;
  const judged = judgePort(decided, look.now, compared);
  await nextTurn();
  const row = rowOf(deps, judged, seen, { ...key, look });
  await nextTurn();
  if (!row) return undefined;
  if (seen && !isChanged(seen, row)) {
    await deps.store.transaction(tx =>
      deps.store.update(tx, seen, {
        fingerprint: row.fingerprint,
        ...looksOf(row),
      }),
    );
    return { ...seen, fingerprint: row.fingerprint, ...looksOf(row) };
  }
  const won = await deps.store.transaction(async tx => {
    if (!(await writeRow(deps, tx, seen, row, judged))) return false;
    if (judged.acceptedByRule) await writeSnapshot(deps, tx, row, judged);
    await writeAudit(deps, tx, seen, row, judged);
    return true;
  });
  if (!won) return deps.store.ofPort(key.productRef, key.port);
  tellOf(deps, seen, row, judged);
  return row;
}

/** The row that a judgement comes to. */
export function rowOf(
  deps: Pick<KeepingDeps, 'newId'>,
  judged: Judgement,
  seen: PublicationRow | undefined,
  { look, ...key }: Omit<PortToKeep, 'seen'>,
): PublicationRow | undefined {
  const looks = look.looks;
  if (!looks && !seen) return undefined;
  const accepted = judged.acceptedByRule ? 1 : 0;
  return {
    id: seen?.id ?? deps.newId(),
    product_ref: key.productRef,
    port: key.port,
    version: (seen?.version ?? 0) + 1,
    snapshot: (seen?.snapshot ?? 0) + accepted,
    product_title: looks?.productTitle ?? seen?.product_title ?? key.productRef,
    product_version: looks
      ? looks.productVersion ?? null
      : seen?.product_version ?? null,
    port_title: looks?.portTitle ?? seen?.port_title ?? key.port,
    owner_ref: looks ? looks.ownerRef ?? null : seen?.owner_ref ?? null,
    domain_ref: looks ? looks.domainRef ?? null : seen?.domain_ref ?? null,
    ...columnsOf(judged, seen, { ...key, at: look.now.at }),
    fingerprint: look.fingerprint,
    updated_at: look.now.at,
  };
}

/** @returns false where somebody else was faster */
export async function writeRow(
  { store }: Pick<KeepingDeps, 'store'>,
  tx: Knex.Transaction,
  seen: PublicationRow | undefined,
  row: PublicationRow,
  judged: Judgement,
): Promise<boolean> {
  const won = seen
    ? await store.update(tx, seen, row)
    : await store.insert(tx, row);
  if (!won) return false;
  const deciders = judged.parts.flatMap(part => part.approvers);
  if (seen || deciders.length > 0) {
    await store.setDeciders(tx, row.id, deciders);
  }
  return true;
}

export async function writeSnapshot(
  { store }: Pick<KeepingDeps, 'store'>,
  tx: Knex.Transaction,
  row: PublicationRow,
  { accepted }: Judgement,
): Promise<void> {
  if (accepted && row.accepted_hash) {
    await store.addSnapshot(
      tx,
      row.id,
      row.snapshot,
      accepted,
      row.accepted_hash,
    );
  }
}

/** Columns that say the same whether anything was decided or not. */
const INCIDENTAL = new Set<keyof PublicationRow>([
  'version',
  'fingerprint',
  'updated_at',
  'product_title',
  'product_version',
  'port_title',
]);

function isChanged(seen: PublicationRow, row: PublicationRow): boolean {
  const value = (one: PublicationRow[keyof PublicationRow]) =>
    // SQLite keeps booleans as numbers.
    typeof one === 'boolean' ? Number(one) : one;
  return (Object.keys(row) as Array<keyof PublicationRow>).some(
    column =>
      !INCIDENTAL.has(column) && value(seen[column]) !== value(row[column]),
  );
}

/** Differences that wait now and did not before. */
function newlyWaiting(seen: PublicationRow | undefined, judged: Judgement) {
  const before = new Set(
    seen
      ? differencesOf(seen)
          .filter(difference => !difference.sentBack)
          .map(({ signature }) => signature)
      : [],
  );
  return waitingOf(judged).filter(({ signature }) => !before.has(signature));
}

async function writeAudit(
  { audit }: KeepingDeps,
  tx: Knex.Transaction,
  seen: PublicationRow | undefined,
  row: PublicationRow,
  judged: Judgement,
): Promise<void> {
  const about = { productRef: row.product_ref, port: row.port };
  const append = (action: string, after: JsonObject) =>
    audit.append(tx, {
      actorRef: SYSTEM_ACTOR,
      action,
      subject: `publication:${row.id}`,
      after: { ...about, ...after },
      correlationId: row.id,
    });
  if (seen?.present && !judged.present) {
    await append('publication.left-catalog', {});
  }
  if (seen && !seen.present && judged.present) {
    await append('publication.returned', {});
  }
  if (judged.acceptedByRule && judged.accepted) {
    await append('publication.accepted', {
      snapshot: row.snapshot,
      because: judged.accepted.because,
      ...auditedWords(judged.inForce.map(({ words }) => words)),
    });
  }
  const waiting = newlyWaiting(seen, judged);
  if (waiting.length > 0) {
    await append('publication.change-waits', {
      state: judged.state,
      waitsFor: judged.parts.flatMap(part => part.approvers),
      ...auditedWords(waiting.map(({ words }) => words)),
    });
  }
  if (judged.state === 'suspended' && seen?.state !== 'suspended') {
    await append('publication.suspended', { why: judged.why ?? '' });
  }
}

function tellOf(
  { events }: KeepingDeps,
  seen: PublicationRow | undefined,
  row: PublicationRow,
  judged: Judgement,
): void {
  const waiting = newlyWaiting(seen, judged);
  const approvers = judged.parts.flatMap(part => part.approvers);
  if (waiting.length > 0) {
    events.emit('publication', {
      row,
      happening: judged.state === 'pending' ? 'waits' : 'change-waits',
      actorRef: SYSTEM_ACTOR,
      to: approvers,
      words: waiting.map(({ words }) => words),
    });
  } else if (judged.state === 'suspended' && seen?.state !== 'suspended') {
    events.emit('publication', {
      row,
      happening: 'suspended',
      actorRef: SYSTEM_ACTOR,
      to: row.owner_ref ? [row.owner_ref] : [],
      words: [judged.why ?? ''],
    });
  } else {
    events.emit('publication', {
      row,
      happening: 'judged',
      actorRef: SYSTEM_ACTOR,
      words: [],
    });
  }
}
