import {
  counted,
  diffFacts,
  strictestFacts,
  type FactDifference,
  type PortFacts,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { SYSTEM_ACTOR } from '../identity/Caller';
import { nextTurn } from '../turns';
import { nameOf, namesOf } from './names';
import {
  NOBODY,
  waitingOf,
  type AcceptedFacts,
  type Decided,
  type Judgement,
} from './Publication';
import {
  estrangedDifference,
  holderDifference,
  signDifferences,
  stillSentBack,
  type EffectOf,
} from './signDifferences';
import { openParts, partsOf, reasonOf, turnOf, type PartsFor } from './turns';

/** A port as the catalog has it, and what can be asked about it. Pure. */
export interface PortNow {
  /** Absent where the catalog does not have it, or it cannot be read. */
  facts?: PortFacts;
  /** Why it cannot be read or served, in words. */
  problem?: string;
  /** Which entities its owner and domain are; unknown where they are trusted. */
  ownerUid?: string;
  domainUid?: string;
  /** Whether what the product says comes from a trusted location. */
  trusted: boolean;
  /** Whether it was not in the catalog when it was looked at last. */
  returned: boolean;
  at: string;
  /** Domain that holds each table, or nobody. */
  holdersOf(facts: PortFacts): ReadonlyMap<string, string>;
  belongs(ownerRef: string, domainRef: string): boolean;
  /** Approvers for whom neither the domain, nor the owner, nor config speaks. */
  outsiders(facts: PortFacts): readonly string[];
  partsFor: PartsFor;
  effectOf: EffectOf;
}

const heldNow = (strangers: readonly string[]) =>
  strangers.includes(NOBODY)
    ? 'No domain holds the place of its tables any more'
    : `The place of its tables belongs to ${namesOf(strangers)} now`;

/** The facts accepted beside those of the catalog. */
export interface ComparedFacts {
  differences: FactDifference[];
  strictest: PortFacts;
}

/** Compares facts. Others have their turn in between: there may be many. */
export async function compareFacts(
  accepted: PortFacts,
  current: PortFacts,
): Promise<ComparedFacts> {
  const differences = diffFacts(accepted, current);
  await nextTurn();
  const strictest = strictestFacts(accepted, current);
  await nextTurn();
  return { differences, strictest };
}

/**
 * What holds for a port: what of it is accepted, what is in force, what waits
 * and for whom. Pure.
 *
 * @param compared - where the facts accepted and those of now were compared
 *   already
 */
export function judgePort(
  decided: Decided,
  now: PortNow,
  compared?: ComparedFacts,
): Judgement {
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
    ? published(decided, decided.accepted, current, now, compared)
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

/**
 * Who writes a product's file may name its owner and domain without being of
 * them. So outside of trusted locations a rule accepts nothing that lets anybody
 * else decide.
 */
const strangersDeciding = (facts: PortFacts, now: PortNow) =>
  now.trusted ? [] : now.outsiders(facts);

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
    vouched: now.trusted,
    ...(now.ownerUid && { ownerUid: now.ownerUid }),
    ...(now.domainUid && { domainUid: now.domainUid }),
  };
}

function first(decided: Decided, current: PortFacts, now: PortNow): Judgement {
  const isInPlace = isOwn(current, now);
  const outsiders = strangersDeciding(current, now);
  if (isInPlace && outsiders.length === 0) {
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
  const differences = signDifferences(
    diffFacts(undefined, current),
    decided,
    current,
    now.effectOf,
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
    why: `It has not been published yet, because ${
      isInPlace
        ? `${namesOf(outsiders)} would decide about it without belonging to ${
            current.domainRef
          }`
        : reasonOf(parts)
    }; ${turnOf(parts)}`,
    parts,
  };
}

function published(
  decided: Decided,
  accepted: AcceptedFacts,
  current: PortFacts,
  now: PortNow,
  compared?: ComparedFacts,
): Judgement {
  const all = compared?.differences ?? diffFacts(accepted.facts, current);
  const inForce = all.filter(difference => !difference.loosens);
  const facts = compared?.strictest ?? strictestFacts(accepted.facts, current);
  const there = holdersIn(facts, now);
  const unknown = there.filter(holder => !accepted.holders.includes(holder));
  // A place that came to the product's own domain is its own business.
  const taken = unknown.length > 0 && isOwn(facts, now);
  const strangers = taken ? [] : unknown;
  const estranged =
    decided.estranged || (now.returned && isEstranged(accepted, now));
  const differences = signDifferences(
    [
      ...strangers.map(holderDifference),
      ...(estranged ? [estrangedDifference(accepted)] : []),
      ...all.filter(difference => difference.loosens),
    ],
    decided,
    current,
    now.effectOf,
  );
  const judged = {
    ...decided,
    accepted: taken
      ? byRule(facts, now)
      : {
          ...accepted,
          facts,
          ...tightening(inForce, now),
          vouched: isVouched(accepted, inForce, now),
        },
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
          partsOf(
            [...new Set([...holdersIn(current, now), ...strangers])],
            strangers,
            {
              owners,
              partsFor: now.partsFor,
            },
          ),
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

/** A trusted location vouches later, too; who adds columns may be anybody. */
function isVouched(
  accepted: AcceptedFacts,
  inForce: readonly FactDifference[],
  now: PortNow,
): boolean {
  const adds = inForce.some(
    ({ kind, before }) => kind === 'column' && before === undefined,
  );
  return now.trusted || (accepted.vouched === true && !adds);
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

/** The same name may stand for somebody else when it was created again. */
function isEstranged(accepted: AcceptedFacts, now: PortNow): boolean {
  const differs = (then: string | undefined, is: string | undefined) =>
    then !== undefined && is !== undefined && then !== is;
  return (
    differs(accepted.ownerUid, now.ownerUid) ||
    differs(accepted.domainUid, now.domainUid)
  );
}
