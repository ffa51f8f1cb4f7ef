import type { FactDifference } from '../client/types.generated';
import { canonicalFacts } from './canonicalFacts';
import { FactsDraft } from './FactsDraft';
import type { FactChange } from './FactChange';
import type { PortFacts } from './portFacts';
import { productFacts } from './productFacts';
import { tableAdded, tableChanges } from './tableFacts';

function changesBetween(before: PortFacts, after: PortFacts): FactChange[] {
  return [
    ...productFacts.flatMap(changesOf => changesOf(before, after)),
    ...tableChanges(before, after),
  ];
}

/**
 * A port that nothing was accepted of: each of its tables is to be accepted, or
 * where it names none the place that it reaches.
 */
function firstChanges(after: PortFacts): FactChange[] {
  const tables = Object.entries(after.tables);
  if (tables.length > 0) {
    return tables.map(([name, table]) => tableAdded(name, table));
  }
  return [
    {
      difference: {
        id: 'location',
        kind: 'location',
        words: 'Offers a place without naming its tables',
        loosens: true,
        after: [after.system, ...Object.values(after.location)].join(', '),
      },
      apply: () => {},
    },
  ];
}

/**
 * What differs between the facts accepted and those of the catalog, one
 * difference for each fact. Linear in the number of columns.
 *
 * @param before - undefined where nothing was accepted yet
 * @public
 */
export function diffFacts(
  before: PortFacts | undefined,
  after: PortFacts,
): FactDifference[] {
  const changes = before ? changesBetween(before, after) : firstChanges(after);
  return changes.map(({ difference }) => difference);
}

/**
 * The facts in force when the given differences are accepted. What loosens
 * nothing is in force whether accepted or not; what loosens and is not named
 * stays as it was published.
 *
 * @param published - undefined where nothing was accepted yet
 * @param ids - of differences between the two
 * @public
 */
export function acceptDifferences(
  published: PortFacts | undefined,
  current: PortFacts,
  ids: Iterable<string>,
): PortFacts {
  const accepted = new Set(ids);
  const changes = published
    ? changesBetween(published, current)
    : firstChanges(current);
  const draft = new FactsDraft(published ?? { ...current, tables: {} });
  for (const { difference, apply } of changes) {
    if (!difference.loosens || accepted.has(difference.id)) apply(draft);
  }
  draft.spellAs(current);
  return draft.done();
}

/**
 * What requests are judged by: all that was tightened since the publication is
 * in force, and nothing that was loosened.
 *
 * @public
 */
export function strictestFacts(
  published: PortFacts,
  current: PortFacts,
): PortFacts {
  return acceptDifferences(published, current, []);
}

/**
 * Whether facts say the same.
 *
 * @public
 */
export function isSameFacts(one: PortFacts, other: PortFacts): boolean {
  return (
    JSON.stringify(canonicalFacts(one)) ===
    JSON.stringify(canonicalFacts(other))
  );
}
