import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  TrailChecker,
  type AuditVerification,
  type CheckpointKey,
  type TrailReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { rowsInParts } from '../store/inParts';
import { eventOf, largeEvents, type AuditHeadRow } from './AuditEventRow';
import { sha256 } from './sha256';

const BATCH = 1000;

/** Recomputes the chain of the trail in the database from its beginning. */
export async function verifyTrail(
  knex: Knex,
  keys: readonly CheckpointKey[],
  { onChecked }: { onChecked?: (sequence: number) => Promise<void> } = {},
): Promise<AuditVerification> {
  // The head is read first: what is appended meanwhile is not looked at.
  const head = await findHead(knex);
  const checker = new TrailChecker({ sha256, keys });
  if (!head) {
    const reason = 'the head is missing';
    const { checkpoints } = checker.finish();
    const words = `The end of the trail cannot be known: ${reason}.`;
    return { whole: false, events: 0, reason, checkpoints, words };
  }
  await checkTrail(knex, checker, 0, head.sequence, onChecked);
  const report = checker.finish(head);
  const { whole, events, checkpoints, broken } = report;
  return {
    whole,
    events,
    ...(broken && {
      brokenAt: broken.sequence,
      reason: broken.reason,
      found: broken.found,
      expected: broken.expected,
    }),
    checkpoints,
    words: whatItProves(report, keys),
  };
}

function findHead(knex: Knex) {
  return knex<AuditHeadRow>('audit_head').where({ id: 1 }).first();
}

/**
 * The end of the trail.
 *
 * @throws ConflictError where it is missing
 */
export async function readHead(
  knex: Knex,
): Promise<Pick<AuditHeadRow, 'sequence' | 'hash'>> {
  const head = await findHead(knex);
  if (!head) throw new ConflictError('The head of the audit trail is missing');
  return head;
}

/**
 * Has the events after one and up to another checked, as far as they hold
 * together.
 *
 * @returns how far it came
 */
export async function checkTrail(
  knex: Knex,
  checker: TrailChecker,
  after: number,
  end: number,
  onChecked: (sequence: number) => Promise<void> = async () => {},
): Promise<number> {
  let seen = after;
  while (seen < end) {
    const before = seen;
    const rows = rowsInParts(knex, largeEvents, query =>
      query
        .where('sequence', '>', before)
        .andWhere('sequence', '<=', end)
        .orderBy('sequence')
        .limit(BATCH),
    );
    let last = before;
    for await (const row of rows) {
      if (checker.check(eventOf(row))) return before;
      last = row.sequence;
    }
    if (last === before) break;
    seen = last;
    await onChecked(seen);
  }
  return seen;
}

const ELSEWHERE =
  'compare it with a checkpoint or an auditor entry kept elsewhere (lakemesh audit verify --checkpoint FILE)';

/** What a reader may conclude, and what not. */
function whatItProves(
  { whole, broken, checkpoints }: TrailReport,
  keys: readonly CheckpointKey[],
): string {
  if (!whole) {
    return `The trail holds together only up to event ${
      (broken?.sequence ?? 1) - 1
    }.`;
  }
  const { taken, signed, otherKey, lastSignedSequence } = checkpoints;
  const chain = `The chain is whole${
    taken > 0
      ? ` and agrees with the ${taken} checkpoints in it`
      : '; there is no checkpoint yet'
  }.`;
  const unknown =
    otherKey > 0
      ? ` ${otherKey} of them are signed with a key that is not configured here and could not be checked.`
      : '';
  if (signed > 0 && lastSignedSequence !== undefined) {
    return `${chain}${unknown} Checkpoints signed with key ${keys
      .map(({ id }) => id.slice(0, 16))
      .join(
        ', ',
      )} cover events 1 to ${lastSignedSequence}: without that key they cannot have been rewritten since. Whether later events were rewritten or cut off, or an older database was restored, shows only when you ${ELSEWHERE}.`;
  }
  return `${chain}${unknown} Trail and checkpoints are kept in the same database and nothing here is signed with a known key: whoever can write that database can rewrite both. To rule that out, ${ELSEWHERE}.`;
}
