import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  acceptDifferences,
  counted,
  publicationDecidePermission,
  type NewPublicationDecision,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import { judgePort, type PortNow } from './judgePort';
import {
  auditedWords,
  rowOf,
  writeRow,
  writeSnapshot,
} from './keepPublication';
import {
  waitingOf,
  type Decided,
  type DecisionPart,
  type Judgement,
  type SignedDifference,
} from './Publication';
import type { PublishedPorts } from './PublishedPorts';
import { decidedOf, type PublicationRow } from './PublicationRow';
import type { PublishingDeps } from './publishPass';
import { World, type PortLook } from './world';

export interface DecidingDeps extends PublishingDeps {
  published: Pick<PublishedPorts, 'look'>;
  permissions: PermissionsService;
}

/** What is accepted, and what goes back. */
interface Split {
  accepted: SignedDifference[];
  back: SignedDifference[];
}

/** Why the caller does not decide about it now; undefined where it may. */
export function whyNotDecide(
  row: Pick<PublicationRow, 'owner_ref' | 'accepted_owner_ref' | 'waiting'>,
  parts: readonly DecisionPart[],
  caller: Caller,
): string | undefined {
  if (row.waiting === 0) return 'Nothing waits';
  const owner = [row.owner_ref, row.accepted_owner_ref].find(
    ref => ref !== null && caller.ownershipRefs.includes(ref),
  );
  if (owner) {
    return `The product belongs to ${owner}, and nobody decides about changes of their own team`;
  }
  return myParts(parts, caller).length > 0
    ? undefined
    : `It waits for ${parts
        .map(part => part.approvers.join(' or ') || 'nobody')
        .join(', and for ')}; ${caller.userRef} does not belong there`;
}

const myParts = (parts: readonly DecisionPart[], { ownershipRefs }: Caller) =>
  parts.filter(part => part.approvers.some(ref => ownershipRefs.includes(ref)));

/**
 * Accepts some of what waits and sends the rest back. Judged by what holds at
 * this moment: where that is not what was seen, nothing is decided.
 *
 * @throws NotFoundError
 * @throws NotAllowedError where it is not the caller's turn
 * @throws ConflictError where something has changed since it was seen
 * @throws InputError where something goes back without a reason
 */
export async function decidePublication(
  deps: DecidingDeps,
  caller: Caller,
  id: string,
  seenVersion: number,
  decision: NewPublicationDecision,
): Promise<void> {
  await requirePermission(
    deps.permissions,
    publicationDecidePermission,
    caller,
  );
  const known = await deps.store.get(id);
  const row = await deps.published.look(known.product_ref, known.port);
  if (!row || row.version !== seenVersion) {
    throw changedSince(row ?? known, seenVersion);
  }
  const look = await lookOf(deps, row);
  const judged = judgePort(decidedOf(row), look.now);
  const refusal = whyNotDecide(row, judged.parts, caller);
  if (refusal) throw new NotAllowedError(refusal);
  const split = splitBy(decision, judged);
  const comment = decision.comment?.trim();
  if (split.back.length > 0 && !comment) {
    throw new InputError(
      'comment: is missing; say why something goes back, so that its author can mend it',
    );
  }
  await write(deps, caller, { row, look, judged, split, comment });
}

function changedSince(row: PublicationRow, seenVersion: number) {
  return new ConflictError(
    `The publication has changed since you saw version ${seenVersion}: it is ${
      row.state
    } now, at version ${row.version}, and ${
      row.waiting === 1
        ? '1 difference waits'
        : `${row.waiting} differences wait`
    }. Look at it again`,
  );
}

/** The port as the catalog has it now. */
async function lookOf(
  deps: DecidingDeps,
  row: PublicationRow,
): Promise<PortLook> {
  const [product, world] = await Promise.all([
    deps.catalog.findProduct(row.product_ref),
    World.load(deps),
  ]);
  const port = product?.entity.spec.outputPorts.find(
    one => one.name === row.port,
  );
  if (!product || !port) throw changedSince(row, row.version);
  await world.learn([product.entity]);
  const look = world.look(product.entity, port, { returned: false });
  if (look.fingerprint !== row.fingerprint) {
    throw changedSince(row, row.version);
  }
  return look;
}

/** @throws ConflictError where both lists are not exactly what waits */
function splitBy(
  { accept, sendBack }: NewPublicationDecision,
  judged: Judgement,
): Split {
  const waiting = new Map(waitingOf(judged).map(one => [one.id, one]));
  const named = [...accept, ...sendBack];
  const unknown = named.filter(one => !waiting.has(one));
  const decided = new Set(named);
  const missing = [...waiting.values()].filter(one => !decided.has(one.id));
  if (unknown.length > 0 || missing.length > 0) {
    const shown = missing
      .slice(0, 5)
      .map(({ words }) => words)
      .join('; ');
    throw new ConflictError(
      [
        'What waits is not what was decided',
        ...(missing.length > 0
          ? [`${counted(missing.length, 'difference')} not decided: ${shown}`]
          : []),
        ...(unknown.length > 0
          ? [`not waiting: ${unknown.slice(0, 5).join(', ')}`]
          : []),
        'Look at it again',
      ].join('. '),
    );
  }
  if (decided.size !== named.length) {
    throw new InputError(
      'accept, sendBack: name a difference twice; each is either accepted or sent back',
    );
  }
  const accepted = new Set(accept);
  return {
    accepted: [...waiting.values()].filter(one => accepted.has(one.id)),
    back: [...waiting.values()].filter(one => !accepted.has(one.id)),
  };
}

/** What is decided after this decision, and whether all have accepted. */
function afterDecision(
  judged: Judgement,
  current: PortFacts,
  split: Split,
  now: PortNow,
  by: { caller: Caller; comment?: string },
): { decided: Decided; isComplete: boolean } {
  const { caller, comment } = by;
  const sentBack = {
    ...judged.sentBack,
    ...Object.fromEntries(
      split.back.map(({ signature }) => [
        signature,
        { actorRef: caller.userRef, at: now.at, ...(comment && { comment }) },
      ]),
    ),
  };
  const mine = myParts(judged.parts, caller).flatMap(part => part.holders);
  const open = judged.parts
    .flatMap(part => part.holders)
    .filter(holder => !mine.includes(holder));
  if (split.accepted.length === 0) {
    return {
      decided: { ...judged, sentBack, partAccepts: [] },
      isComplete: false,
    };
  }
  if (open.length > 0) {
    const signatures = split.accepted.map(({ signature }) => signature);
    return {
      decided: {
        ...judged,
        sentBack,
        partAccepts: [
          ...judged.partAccepts.filter(one => !mine.includes(one.holder)),
          ...mine.map(holder => ({
            holder,
            actorRef: caller.userRef,
            signatures,
          })),
        ],
      },
      isComplete: false,
    };
  }
  return {
    decided: acceptedBy(judged, current, split, now, {
      caller,
      sentBack,
      comment,
    }),
    isComplete: true,
  };
}

function acceptedBy(
  judged: Judgement,
  current: PortFacts,
  { accepted, back }: Split,
  now: PortNow,
  by: { caller: Caller; sentBack: Decided['sentBack']; comment?: string },
): Decided {
  const facts = acceptDifferences(
    judged.accepted?.facts,
    current,
    accepted.map(({ id }) => id),
  );
  // A holder that was refused is still a stranger.
  const refused = new Set(
    [...judged.differences].flatMap(difference =>
      difference.kind === 'holder' &&
      (difference.sentBack || back.includes(difference))
        ? [difference.after ?? '']
        : [],
    ),
  );
  const holders = [...new Set(now.holdersOf(facts).values())].filter(
    holder => !refused.has(holder),
  );
  const isEstranged =
    judged.estranged && !accepted.some(({ id }) => id === 'owner-identity');
  const { ownerUid, domainUid } = isEstranged ? judged.accepted ?? {} : now;
  return {
    accepted: {
      facts,
      holders: holders.sort(),
      at: now.at,
      by: by.caller.userRef,
      because: by.comment ?? 'The decider accepted it',
      ...(ownerUid && { ownerUid }),
      ...(domainUid && { domainUid }),
    },
    sentBack: by.sentBack,
    partAccepts: [],
    estranged: isEstranged,
  };
}

async function write(
  deps: DecidingDeps,
  caller: Caller,
  made: {
    row: PublicationRow;
    look: PortLook;
    judged: Judgement;
    split: Split;
    comment?: string;
  },
): Promise<void> {
  const { row: seen, look, judged, split, comment } = made;
  const { current } = judged;
  if (!current) throw changedSince(seen, seen.version);
  const { decided, isComplete } = afterDecision(
    judged,
    current,
    split,
    look.now,
    { caller, ...(comment && { comment }) },
  );
  const after = judgePort(decided, look.now);
  const row = rowOf(deps, { ...after, acceptedByRule: isComplete }, seen, {
    productRef: seen.product_ref,
    port: seen.port,
    look,
  });
  if (!row) throw changedSince(seen, seen.version);
  const words = {
    accepted: split.accepted.map(one => one.words),
    sentBack: split.back.map(one => one.words),
  };
  const won = await deps.store.transaction(async tx => {
    if (!(await writeRow(deps, tx, seen, row, after))) return false;
    if (isComplete) await writeSnapshot(deps, tx, row, after);
    await deps.store.addDecision(tx, {
      id: deps.newId(),
      publicationId: seen.id,
      actorRef: caller.userRef,
      decision:
        split.accepted.length === 0
          ? 'send-back'
          : split.back.length > 0
          ? 'accept-some'
          : 'accept',
      ...(comment && { comment }),
      ...words,
      at: look.now.at,
    });
    const append = (action: string, changes: string[]) =>
      deps.audit.append(tx, {
        actorRef: caller.userRef,
        action,
        subject: `publication:${seen.id}`,
        before: { state: seen.state, version: seen.version },
        after: {
          productRef: seen.product_ref,
          port: seen.port,
          state: row.state,
          version: row.version,
          snapshot: row.snapshot,
          ...(comment && { comment }),
          ...auditedWords(changes),
        },
        correlationId: seen.id,
      });
    if (words.accepted.length > 0) {
      await append(
        isComplete ? 'publication.accepted' : 'publication.part-accepted',
        words.accepted,
      );
    }
    if (words.sentBack.length > 0) {
      await append('publication.sent-back', words.sentBack);
    }
    return true;
  });
  if (!won) throw changedSince(await deps.store.get(seen.id), seen.version);
  tell(deps, caller, row, after, words, isComplete, comment);
}

/** The product's owner hears of it, and those whose turn it is still. */
function tell(
  { notices }: DecidingDeps,
  caller: Caller,
  row: PublicationRow,
  after: Judgement,
  words: { accepted: string[]; sentBack: string[] },
  isComplete: boolean,
  comment?: string,
): void {
  const owners = row.owner_ref ? [row.owner_ref] : [];
  const shared = {
    row,
    actorRef: caller.userRef,
    ...(comment && { comment }),
  };
  if (words.sentBack.length > 0) {
    notices.tell({
      ...shared,
      happening: 'sent-back',
      to: owners,
      words: words.sentBack,
    });
  }
  if (words.accepted.length > 0) {
    notices.tell({
      ...shared,
      happening: isComplete ? 'accepted' : 'change-waits',
      to: isComplete ? owners : after.parts.flatMap(part => part.approvers),
      words: words.accepted,
    });
  }
}
