import type { ColumnFacts, PortFacts } from './portFacts';
import { foldedName } from './protection';

const compare = (one: string, other: string) => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/** Each name once, in an order that no locale changes. */
export function byName(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compare);
}

/** Like {@link byName}, for names whose case says nothing. */
export function byFoldedName(names: readonly string[]): string[] {
  const distinct = new Map<string, string>();
  for (const name of names) {
    const key = foldedName(name);
    if (!distinct.has(key)) distinct.set(key, name);
  }
  return [...distinct]
    .sort(([one], [other]) => compare(one, other))
    .map(([, name]) => name);
}

function sorted<T>(values: { [name: string]: T }): Array<[string, T]> {
  return Object.entries(values)
    .map(([name, value]) => ({ key: foldedName(name), name, value }))
    .sort((one, other) => compare(one.key, other.key))
    .map(({ name, value }) => [name, value]);
}

function canonicalColumn(column: ColumnFacts): ColumnFacts {
  const { type, pii, classification, tags } = column;
  return { type, pii, ...(classification && { classification }), tags };
}

/** The facts with keys and lists in an order that always is the same. */
export function canonicalFacts(facts: PortFacts): PortFacts {
  const { classification, purposes, maxDurationDays } = facts;
  return {
    ownerRef: facts.ownerRef,
    domainRef: facts.domainRef,
    system: facts.system,
    location: Object.fromEntries(sorted(facts.location)),
    ...(classification && { classification }),
    approvers: byName(facts.approvers),
    ...(purposes && { purposes: byName(purposes) }),
    ...(maxDurationDays !== undefined && { maxDurationDays }),
    neverShared: byFoldedName(facts.neverShared),
    tags: byName(facts.tags),
    tables: Object.fromEntries(
      sorted(facts.tables).map(([table, { columns }]) => [
        table,
        {
          columns: Object.fromEntries(
            sorted(columns).map(([name, column]) => [
              name,
              canonicalColumn(column),
            ]),
          ),
        },
      ]),
    ),
  };
}
