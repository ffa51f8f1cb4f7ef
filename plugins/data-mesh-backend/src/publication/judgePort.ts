import {
  counted,
  diffFacts,
  strictestFacts,
  type FactDifference,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { createHash } from 'node:crypto';
import { SYSTEM_ACTOR } from '../identity/Caller';
import {
  NOBODY,
  waitingOf,
  type AcceptedFacts,
  type Decided,
  type DecisionPart,
  type Judgement,
  type SignedDifference,
} from './Publication';

/** A port as the catalog has it, and what can be asked about it. Pure. */
export interface PortNow {
  /** Absent where the catalog does not have it, or it cannot be read. */
  facts?: PortFacts;
  /** Why it cannot be read or served, in words. */
  problem?: string;
  /** Which entities its owner and domain are; unknown where they are trusted. */
  ownerUid?: string;
  domainUid?: string;
  /** Whether it was not in the catalog when it was looked at last. */
  returned: boolean;
  at: string;
  /** Domain that holds each table, or nobody. */
  holdersOf(facts: PortFacts): ReadonlyMap<string, string>;
  belongs(ownerRef: string, domainRef: string): boolean;
  partsFor(
    holders: readonly string[],
    owners: readonly string[],
  ): DecisionPart[];
  effectOf(
    difference: FactDifference,
    current: PortFacts,
  ): Pick<FactDifference, 'effect' | 'danger'>;
}

const nameOf = (ref: string) => `\`${ref.slice(ref.lastIndexOf('/') + 1)}\``;
const namesOf = (refs: readonly string[]) => refs.map(nameOf).join(' or ');

/** The same where the difference is, down to every column of a table added. */
function signatureOf(
  { id, before, after, table, column }: FactDifference,
  current: PortFacts,
): string {
  const subject = table === undefined ? undefined : current.tables[table];
  return createHash('sha256')
    .update(
      JSON.stringify([
        id,
        before,
        after,
        column === undefined ? subject : subject?.columns[column],
      ]),
    )
    .digest('hex')
    .slice(0, 32);
}

/**
 * What holds for a port: what of it is accepted, what is in force, what waits
 * and for whom. Pure.
 */
export function judgePort(decided: Decided, now: PortNow): Judgement {
  const { facts: current, problem } = now;
  if (!current) {
    return withoutFacts(
      decided,
      problem === undefined
        ? 'The catalog does not have it any more'
        : `It cannot be served: ${problem}`,
      problem !== undefined,
    );
  }
  return decided.accepted
    ? published(decided, decided.accepted, current, now)
    : first(decided, current, now);
}

function withoutFacts(
  decided: Decided,
  why: string,
  present: boolean,
): Judgement {
  return {
    ...decided,
    state: decided.accepted ? 'published' : 'unpublished',
    requestable: false,
    why,
    present,
    differences: [],
    inForce: [],
    parts: [],
    acceptedByRule: false,
  };
}

/** Whether its domain holds all of it, and its owner belongs to the domain. */
function isOwn(facts: PortFacts, now: PortNow): boolean {
  return (
    [...now.holdersOf(facts).values()].every(
      holder => holder !== NOBODY && holder === facts.domainRef,
    ) && now.belongs(facts.ownerRef, facts.domainRef)
  );
}

const holdersIn = (facts: PortFacts, now: PortNow) =>
  [...new Set(now.holdersOf(facts).values())].sort();

/** What a rule accepts, in the words of the rule. */
function byRule(facts: PortFacts, now: PortNow): AcceptedFacts {
  return {
    facts,
    holders: holdersIn(facts, now),
    at: now.at,
    by: SYSTEM_ACTOR,
    because: `The domain ${nameOf(
      facts.domainRef,
    )} holds the place of its tables, and ${nameOf(
      facts.ownerRef,
    )} belongs to the domain`,
    ...(now.ownerUid && { ownerUid: now.ownerUid }),
    ...(now.domainUid && { domainUid: now.domainUid }),
  };
}

function first(decided: Decided, current: PortFacts, now: PortNow): Judgement {
  if (isOwn(current, now)) {
    return {
      ...decided,
      accepted: byRule(current, now),
      sentBack: {},
      partAccepts: [],
      estranged: false,
      state: 'published',
      requestable: true,
      present: true,
      current,
      differences: [],
      inForce: [],
      parts: [],
      acceptedByRule: true,
    };
  }
  const differences = signed(
    diffFacts(undefined, current),
    decided,
    current,
    now,
  );
  const holders = holdersIn(current, now);
  const judged = {
    ...decided,
    sentBack: stillSentBack(decided, differences),
    requestable: false,
    present: true,
    current,
    differences,
    inForce: [],
    acceptedByRule: false,
  };
  if (waitingOf(judged).length === 0) {
    const [back] = Object.values(judged.sentBack);
    return {
      ...judged,
      state: 'unpublished',
      why: `${nameOf(back.actorRef)} sent it back${
        back.comment ? `: ${back.comment}` : ''
      }`,
      parts: [],
    };
  }
  const parts = openParts(now.partsFor(holders, [current.ownerRef]), judged);
  return {
    ...judged,
    state: 'pending',
    why: `It has not been published yet, because ${reasonOf(parts)}; ${turnOf(
      parts,
    )}`,
    parts,
  };
}

function published(
  decided: Decided,
  accepted: AcceptedFacts,
  current: PortFacts,
  now: PortNow,
): Judgement {
  const all = diffFacts(accepted.facts, current);
  const inForce = all.filter(difference => !difference.loosens);
  const facts = strictestFacts(accepted.facts, current);
  const there = holdersIn(facts, now);
  const unknown = there.filter(holder => !accepted.holders.includes(holder));
  // A place that came to the product's own domain is its own business.
  const taken = unknown.length > 0 && isOwn(facts, now);
  const strangers = taken ? [] : unknown;
  const estranged =
    decided.estranged || (now.returned && isEstranged(accepted, now));
  const differences = signed(
    [
      ...strangers.map(holderDifference),
      ...(estranged ? [estrangedDifference(accepted)] : []),
      ...all.filter(difference => difference.loosens),
    ],
    decided,
    current,
    now,
  );
  const judged = {
    ...decided,
    accepted: taken
      ? byRule(facts, now)
      : { ...accepted, facts, ...tightening(inForce, now) },
    sentBack: stillSentBack(decided, differences),
    estranged,
    present: true,
    current,
    differences,
    inForce,
    acceptedByRule: taken || inForce.length > 0,
  };
  const waiting = waitingOf(judged).length;
  const owners = [accepted.facts.ownerRef, current.ownerRef];
  const parts =
    waiting > 0
      ? openParts(
          partsOf([...holdersIn(current, now), ...strangers], strangers, {
            owners,
            now,
          }),
          judged,
        )
      : [];
  if (strangers.length > 0) {
    return {
      ...judged,
      state: 'suspended',
      requestable: false,
      why: `${heldNow(strangers)}, and that was not accepted${
        waiting > 0 ? `; ${turnOf(parts)}` : ': it was sent back'
      }`,
      parts,
    };
  }
  const back = differences.length - waiting;
  return {
    ...judged,
    state: waiting > 0 ? 'change-pending' : 'published',
    requestable: true,
    ...(waiting > 0 && {
      why: `${counted(waiting, 'change')} that ${
        waiting === 1 ? 'loosens' : 'loosen'
      } access ${waiting === 1 ? 'waits' : 'wait'}; ${turnOf(
        parts,
      )}. Until then what was accepted before is in force`,
    }),
    ...(waiting === 0 &&
      back > 0 && {
        why: `${counted(back, 'change')} of the catalog ${
          back === 1 ? 'was' : 'were'
        } sent back and ${back === 1 ? 'is' : 'are'} not in force`,
      }),
    parts,
  };
}

/** What a rule says where something was tightened; it is accepted as it is. */
function tightening(inForce: readonly FactDifference[], now: PortNow) {
  return inForce.length > 0
    ? {
        at: now.at,
        by: SYSTEM_ACTOR,
        because: 'What changed loosens nothing',
      }
    : {};
}

const heldNow = (strangers: readonly string[]) =>
  strangers.includes(NOBODY)
    ? 'No domain holds the place of its tables any more'
    : `The place of its tables belongs to ${namesOf(strangers)} now`;

function holderDifference(holder: string): FactDifference {
  return {
    id: `holder:${holder || 'nobody'}`,
    kind: 'holder',
    words:
      holder === NOBODY
        ? 'Stays published though no domain holds its place any more'
        : `Stays published though its place went to ${nameOf(holder)}`,
    loosens: true,
    danger: true,
    ...(holder !== NOBODY && { after: holder }),
  };
}

function estrangedDifference({ facts }: AcceptedFacts): FactDifference {
  return {
    id: 'owner-identity',
    kind: 'owner',
    words: `Comes back under the owner ${nameOf(
      facts.ownerRef,
    )} or the domain ${nameOf(
      facts.domainRef,
    )}, of which one was created again since`,
    loosens: true,
    danger: true,
  };
}

/** The same name may stand for somebody else when it was created again. */
function isEstranged(accepted: AcceptedFacts, now: PortNow): boolean {
  const differs = (then: string | undefined, is: string | undefined) =>
    then !== undefined && is !== undefined && then !== is;
  return (
    differs(accepted.ownerUid, now.ownerUid) ||
    differs(accepted.domainUid, now.domainUid)
  );
}

function signed(
  differences: readonly FactDifference[],
  { sentBack }: Decided,
  current: PortFacts,
  now: PortNow,
): SignedDifference[] {
  return differences.map(difference => {
    const signature = signatureOf(difference, current);
    const back = Object.hasOwn(sentBack, signature)
      ? sentBack[signature]
      : undefined;
    return {
      ...difference,
      ...now.effectOf(difference, current),
      signature,
      ...(back && { sentBack: back }),
    };
  });
}

/** What is not different any more was not sent back any more either. */
function stillSentBack(
  { sentBack }: Decided,
  differences: readonly SignedDifference[],
): Decided['sentBack'] {
  const still = new Set(differences.map(({ signature }) => signature));
  return Object.fromEntries(
    Object.entries(sentBack).filter(([signature]) => still.has(signature)),
  );
}

/** Governance may accept in place of a holder that is new. */
function partsOf(
  holders: readonly string[],
  strangers: readonly string[],
  { owners, now }: { owners: string[]; now: PortNow },
): DecisionPart[] {
  const [governance] = now.partsFor([NOBODY], owners);
  return now.partsFor(holders, owners).map(part =>
    part.holders.some(holder => strangers.includes(holder))
      ? {
          ...part,
          approvers: [
            ...new Set([...part.approvers, ...governance.approvers]),
          ].sort(),
        }
      : part,
  );
}

/** Those who have not accepted what waits now. */
function openParts(
  parts: readonly DecisionPart[],
  judged: Pick<Judgement, 'differences' | 'partAccepts'>,
): DecisionPart[] {
  const waiting = waitingOf(judged).map(({ signature }) => signature);
  const done = new Set(
    judged.partAccepts
      .filter(accept => {
        const seen = new Set(accept.signatures);
        return waiting.every(signature => seen.has(signature));
      })
      .map(accept => accept.holder),
  );
  return parts
    .map(part => ({
      ...part,
      holders: part.holders.filter(holder => !done.has(holder)),
    }))
    .filter(part => part.holders.length > 0);
}

/** Why these people, in one clause. */
export function reasonOf(parts: readonly DecisionPart[]): string {
  return [...new Set(parts.map(part => part.because))].join(', and ');
}

/** Whose turn it is, in one clause. */
export function turnOf(parts: readonly DecisionPart[]): string {
  if (parts.some(part => part.approvers.length === 0)) {
    return 'nobody is left who could decide';
  }
  return `it waits for ${parts
    .map(part => namesOf(part.approvers))
    .join(', and for ')}`;
}
