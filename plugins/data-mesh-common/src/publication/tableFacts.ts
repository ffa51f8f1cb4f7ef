import type { FactDifference } from '../client/types.generated';
import { counted } from '../plan';
import { differenceId, quoted, type FactChange } from './FactChange';
import type { ColumnFacts, PortFacts } from './portFacts';
import {
  classificationRank,
  columnProtection,
  foldedName,
  isWeakerProtection,
  undeclaredProtection,
  type ColumnProtection,
} from './protection';

type Table = PortFacts['tables'][string];

/** What a table holds, in short. */
export function tableInWords({ columns }: Table): string {
  const all = Object.values(columns);
  const personal = all.filter(column => column.pii).length;
  return personal > 0
    ? `${counted(all.length, 'column')}, ${personal} personal`
    : counted(all.length, 'column');
}

function protectionInWords({ pii, classification }: ColumnProtection): string {
  return `${pii ? 'personal' : 'not personal'}, ${classification}`;
}

/** A table that appears. */
export function tableAdded(name: string, table: Table): FactChange {
  return {
    difference: {
      id: differenceId('table', name),
      kind: 'table',
      words: `Adds the table ${quoted(name)}`,
      loosens: true,
      table: name,
      after: tableInWords(table),
    },
    apply: draft => draft.setTable(name, table),
  };
}

function tableRemoved(name: string, table: Table): FactChange {
  return {
    difference: {
      id: differenceId('table', name),
      kind: 'table',
      words: `Takes the table ${quoted(name)} away`,
      loosens: false,
      table: name,
      before: tableInWords(table),
    },
    apply: draft => draft.setTable(name, undefined),
  };
}

/** The same table before and after, with what columns are compared by. */
interface Both {
  name: string;
  before: PortFacts;
  after: PortFacts;
}

interface Pair {
  name: string;
  was: ColumnFacts;
  is: ColumnFacts;
}

/** A fact of a column that both sides declare. */
interface ColumnFact<K extends keyof ColumnFacts> {
  kind: FactDifference['kind'];
  read: K;
  loosens(pair: Pair, both: Both): boolean;
  words(pair: Pair, loosens: boolean): string;
  shown(facts: ColumnFacts): string | undefined;
}

const pii: ColumnFact<'pii'> = {
  kind: 'column-pii',
  read: 'pii',
  loosens: ({ was }) => was.pii,
  words: ({ name, is }) =>
    is.pii
      ? `Calls ${quoted(name)} personal data`
      : `Stops calling ${quoted(name)} personal data`,
  shown: facts => (facts.pii ? 'personal' : 'not personal'),
};

/** A column that says nothing is what its product is. */
const classification: ColumnFact<'classification'> = {
  kind: 'column-classification',
  read: 'classification',
  loosens: ({ was, is }, { before, after }) =>
    classificationRank(is.classification ?? after.classification) <
    classificationRank(was.classification ?? before.classification),
  words: ({ name, is }, loosens) => {
    if (is.classification === undefined) {
      return `Classifies ${quoted(name)} as the product`;
    }
    return loosens
      ? `Lowers the classification of ${quoted(name)} to ${is.classification}`
      : `Classifies ${quoted(name)} as ${is.classification}`;
  },
  shown: facts => facts.classification ?? 'as the product',
};

const tags: ColumnFact<'tags'> = {
  kind: 'column-tags',
  read: 'tags',
  loosens: () => true,
  words: ({ name }) => `Changes the tags of ${quoted(name)}`,
  shown: facts => (facts.tags.length > 0 ? facts.tags.join(', ') : undefined),
};

function changeOf<K extends keyof ColumnFacts>(fact: ColumnFact<K>) {
  return (pair: Pair, both: Both): FactChange[] => {
    const { name, was, is } = pair;
    if (JSON.stringify(was[fact.read]) === JSON.stringify(is[fact.read])) {
      return [];
    }
    const loosens = fact.loosens(pair, both);
    const [from, to] = [fact.shown(was), fact.shown(is)];
    return [
      {
        difference: {
          id: differenceId(fact.kind, both.name, name),
          kind: fact.kind,
          words: fact.words(pair, loosens),
          loosens,
          table: both.name,
          column: name,
          ...(from !== undefined && { before: from }),
          ...(to !== undefined && { after: to }),
        },
        apply: draft =>
          draft.changeColumn(both.name, name, facts => ({
            ...facts,
            [fact.read]: is[fact.read],
          })),
      },
    ];
  };
}

/** Each kind of fact of a column, with its own order of strictness. */
const columnFacts = [changeOf(pii), changeOf(classification), changeOf(tags)];

/**
 * Until it was declared, the column counted as strictly as the strictest of its
 * table; to say less of it loosens.
 */
function columnAdded(
  both: Both,
  name: string,
  facts: ColumnFacts,
  undeclared: ColumnProtection,
): FactChange {
  const own = columnProtection(both.after, both.name, name, facts);
  const weaker = isWeakerProtection(own, undeclared);
  return {
    difference: {
      id: differenceId('column', both.name, name),
      kind: 'column',
      words: weaker
        ? `Adds the column ${quoted(name)} with less protection than ${quoted(
            both.name,
          )} has otherwise`
        : `Adds the column ${quoted(name)}`,
      loosens: weaker || facts.tags.length > 0,
      table: both.name,
      column: name,
      after: protectionInWords(own),
    },
    apply: draft => draft.setColumn(both.name, name, facts),
  };
}

/**
 * The table may have the column still, and nobody declares it then: what is
 * left of the table has to protect it as well as it was.
 */
function columnRemoved(
  both: Both,
  name: string,
  facts: ColumnFacts,
  left: ColumnProtection,
): FactChange {
  const own = columnProtection(both.before, both.name, name, facts);
  // It stays on the list of what is never shared, or leaves it by a difference
  // of its own.
  const loosens = isWeakerProtection(left, { ...own, neverShared: false });
  return {
    difference: {
      id: differenceId('column', both.name, name),
      kind: 'column',
      words: loosens
        ? `Stops declaring ${quoted(
            name,
          )}, the most protected column of ${quoted(both.name)}`
        : `Takes the column ${quoted(name)} away`,
      loosens,
      table: both.name,
      column: name,
      before: protectionInWords(own),
    },
    apply: draft => draft.setColumn(both.name, name, undefined),
  };
}

function columnChanges(both: Both, was: Table, is: Table): FactChange[] {
  const old = foldedEntries(was.columns);
  const now = foldedEntries(is.columns);
  const undeclared = undeclaredProtection(both.before, both.name, was.columns);
  const left = undeclaredProtection(
    both.after,
    both.name,
    Object.fromEntries(
      [...now].filter(([key]) => old.has(key)).map(([, entry]) => entry),
    ),
  );
  return [
    ...[...now].flatMap(([key, [name, facts]]) => {
      const before = old.get(key);
      if (!before) return [columnAdded(both, name, facts, undeclared)];
      const pair = { name, was: before[1], is: facts };
      return columnFacts.flatMap(changesOf => changesOf(pair, both));
    }),
    ...[...old]
      .filter(([key]) => !now.has(key))
      .map(([, [name, facts]]) => columnRemoved(both, name, facts, left)),
  ];
}

function foldedEntries<T>(values: { [name: string]: T }) {
  return new Map(
    Object.entries(values).map(entry => [foldedName(entry[0]), entry]),
  );
}

/** All that differs in tables and columns. */
export function tableChanges(
  before: PortFacts,
  after: PortFacts,
): FactChange[] {
  const old = foldedEntries(before.tables);
  const now = foldedEntries(after.tables);
  return [
    ...[...now].flatMap(([key, [name, table]]) => {
      const was = old.get(key);
      return was
        ? columnChanges({ name, before, after }, was[1], table)
        : [tableAdded(name, table)];
    }),
    ...[...old]
      .filter(([key]) => !now.has(key))
      .map(([, [name, table]]) => tableRemoved(name, table)),
  ];
}
