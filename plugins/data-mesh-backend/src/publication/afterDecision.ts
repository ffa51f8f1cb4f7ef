import { ConflictError, InputError } from '@backstage/errors';
import {
  acceptDifferences,
  counted,
  type NewPublicationDecision,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../identity/Caller';
import type { PortNow } from './judgePort';
import {
  waitingOf,
  type Decided,
  type Judgement,
  type SignedDifference,
} from './Publication';
import { myParts } from './whyNotDecide';

/** What is accepted, and what goes back. */
export interface Split {
  accepted: SignedDifference[];
  back: SignedDifference[];
}

/** @throws ConflictError where both lists are not exactly what waits */
export function splitBy(
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
export function afterDecision(
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
      vouched: true,
      ...(ownerUid && { ownerUid }),
      ...(domainUid && { domainUid }),
    },
    sentBack: by.sentBack,
    partAccepts: [],
    estranged: isEstranged,
  };
}
