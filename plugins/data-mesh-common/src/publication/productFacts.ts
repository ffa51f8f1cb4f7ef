import type { FactDifference } from '../client/types.generated';
import {
  differenceId,
  listed,
  quoted,
  shortName,
  type FactChange,
} from './FactChange';
import type { FactsDraft } from './FactsDraft';
import type { PortFacts } from './portFacts';
import { classificationRank, foldedName } from './protection';

/** A fact of the product or port as a whole. */
interface ProductFact<V> {
  kind: FactDifference['kind'];
  read(facts: PortFacts): V;
  write(facts: PortFacts, value: V): void;
  /** Whether the change lets more people, data or time in, or fewer eyes see. */
  loosens(before: V, after: V): boolean;
  words(before: V, after: V): string;
  /** The value as the difference shows it. */
  shown(value: V): string | undefined;
}

const always = () => true;
const refs = (list: readonly string[]) =>
  list.length > 0 ? list.join(', ') : undefined;

function locationInWords(facts: { [key: string]: string }): string {
  return Object.entries(facts)
    .map(([key, value]) => `${key} ${value}`)
    .join(', ');
}

function approversInWords(before: string[], after: string[]): string {
  if (after.length === 0) {
    return `Lets the owner decide in place of ${listed(before.map(shortName))}`;
  }
  return before.length === 0
    ? `Lets ${listed(after.map(shortName))} decide in place of the owner`
    : `Lets ${listed(after.map(shortName))} decide in place of ${listed(
        before.map(shortName),
      )}`;
}

const owner: ProductFact<string> = {
  kind: 'owner',
  read: facts => facts.ownerRef,
  write: (facts, value) => {
    facts.ownerRef = value;
  },
  loosens: always,
  words: (_, after) => `Gives the product to ${shortName(after)}`,
  shown: value => value,
};

const domain: ProductFact<string> = {
  kind: 'domain',
  read: facts => facts.domainRef,
  write: (facts, value) => {
    facts.domainRef = value;
  },
  loosens: always,
  words: (_, after) => `Moves the product to the domain ${shortName(after)}`,
  shown: value => value,
};

const location: ProductFact<Pick<PortFacts, 'system' | 'location'>> = {
  kind: 'location',
  read: ({ system, location: where }) => ({ system, location: where }),
  write: (facts, value) => Object.assign(facts, value),
  loosens: always,
  words: () => 'Moves the tables to another place',
  shown: value =>
    `${value.system}${
      Object.keys(value.location).length > 0
        ? `, ${locationInWords(value.location)}`
        : ''
    }`,
};

const classification: ProductFact<PortFacts['classification']> = {
  kind: 'classification',
  read: facts => facts.classification,
  write: (facts, value) => {
    facts.classification = value;
  },
  loosens: (before, after) =>
    classificationRank(after) < classificationRank(before),
  words: (before, after) => {
    if (after === undefined) return 'Stops classifying the product';
    return classificationRank(after) < classificationRank(before)
      ? `Lowers the classification of the product to ${after}`
      : `Classifies the product as ${after}`;
  },
  shown: value => value,
};

const approvers: ProductFact<string[]> = {
  kind: 'approvers',
  read: facts => facts.approvers,
  write: (facts, value) => {
    facts.approvers = value;
  },
  loosens: always,
  words: approversInWords,
  shown: refs,
};

const duration: ProductFact<number | undefined> = {
  kind: 'duration',
  read: facts => facts.maxDurationDays,
  write: (facts, value) => {
    facts.maxDurationDays = value;
  },
  loosens: (before = Infinity, after = Infinity) => after > before,
  words: (before = Infinity, after = Infinity) =>
    after > before ? 'Lets access last longer' : 'Lets access last less long',
  shown: value =>
    value === undefined
      ? 'no limit of its own'
      : `${value} ${value === 1 ? 'day' : 'days'}`,
};

const tags: ProductFact<string[]> = {
  kind: 'tags',
  read: facts => facts.tags,
  write: (facts, value) => {
    facts.tags = value;
  },
  // Tags may become what the system gives access by: nobody knows which way.
  loosens: always,
  words: () => 'Changes the tags of the product',
  shown: refs,
};

function changesOf<V>(fact: ProductFact<V>) {
  return (before: PortFacts, after: PortFacts): FactChange[] => {
    const [was, is] = [fact.read(before), fact.read(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const [from, to] = [fact.shown(was), fact.shown(is)];
    return [
      {
        difference: {
          id: fact.kind,
          kind: fact.kind,
          words: fact.words(was, is),
          loosens: fact.loosens(was, is),
          ...(from !== undefined && { before: from }),
          ...(to !== undefined && { after: to }),
        },
        apply: (draft: FactsDraft) => fact.write(draft.facts, is),
      },
    ];
  };
}

/** The list as a whole where one side allows every purpose, else each of them. */
function purposeChanges(before: PortFacts, after: PortFacts): FactChange[] {
  const [was, is] = [before.purposes, after.purposes];
  if (!was || !is) {
    if (was === is) return [];
    return [
      {
        difference: {
          id: 'purposes',
          kind: 'purpose',
          words: is
            ? `Allows only ${
                is.length > 0
                  ? `the purposes ${listed(is.map(quoted))}`
                  : 'no purpose'
              }`
            : 'Allows every purpose',
          loosens: !is,
          before: was ? refs(was) ?? 'none' : 'every purpose',
          after: is ? refs(is) ?? 'none' : 'every purpose',
        },
        apply: draft => {
          draft.purposes = is && new Map(is.map(name => [name, name]));
        },
      },
    ];
  }
  return memberChanges(was, is, name => name, {
    kind: 'purpose',
    added: name => ({
      words: `Allows the purpose ${quoted(name)}`,
      loosens: true,
    }),
    removed: name => ({
      words: `Stops allowing the purpose ${quoted(name)}`,
      loosens: false,
    }),
    of: draft => draft.purposes,
  });
}

function neverSharedChanges(before: PortFacts, after: PortFacts): FactChange[] {
  return memberChanges(before.neverShared, after.neverShared, foldedName, {
    kind: 'never-shared',
    added: name => ({
      words: `Puts ${quoted(name)} on the list of what is never shared`,
      loosens: false,
      before: 'can be asked for',
      after: 'never shared',
    }),
    removed: name => ({
      words: `Takes ${quoted(name)} off the list of what is never shared`,
      loosens: true,
      before: 'never shared',
      after: 'can be asked for',
    }),
    of: draft => draft.neverShared,
  });
}

type Said = Pick<FactDifference, 'words' | 'loosens' | 'before' | 'after'>;

/** Each name that one list has and the other does not. */
function memberChanges(
  was: readonly string[],
  is: readonly string[],
  keyOf: (name: string) => string,
  list: {
    kind: FactDifference['kind'];
    added(name: string): Said;
    removed(name: string): Said;
    of(draft: FactsDraft): Map<string, string> | undefined;
  },
): FactChange[] {
  const [old, now] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))];
  const id = (name: string) => differenceId(list.kind, keyOf(name));
  return [
    ...is
      .filter(name => !old.has(keyOf(name)))
      .map(
        (name): FactChange => ({
          difference: { id: id(name), kind: list.kind, ...list.added(name) },
          apply: draft => list.of(draft)?.set(keyOf(name), name),
        }),
      ),
    ...was
      .filter(name => !now.has(keyOf(name)))
      .map(
        (name): FactChange => ({
          difference: { id: id(name), kind: list.kind, ...list.removed(name) },
          apply: draft => list.of(draft)?.delete(keyOf(name)),
        }),
      ),
  ];
}

/** Each kind of fact of the whole port, with its own order of strictness. */
export const productFacts: ReadonlyArray<
  (before: PortFacts, after: PortFacts) => FactChange[]
> = [
  changesOf(owner),
  changesOf(domain),
  changesOf(location),
  changesOf(classification),
  changesOf(approvers),
  purposeChanges,
  changesOf(duration),
  neverSharedChanges,
  changesOf(tags),
];
