/** Letters that may differ, however long the name is. */
const MAX_DISTANCE = 8;

/**
 * Cells of the table of distances that one suggester fills at most: some tens
 * of milliseconds.
 */
const BUDGET = 2_000_000;

/** What is left to spend. */
interface Budget {
  cells: number;
}

/**
 * Letters to insert, delete or change to make one word of the other, as long
 * as they are no more than the limit. Looks only at the cells near the
 * diagonal: those further away cost more than the limit.
 */
function distanceWithin(
  a: string,
  b: string,
  limit: number,
  budget: Budget,
): number | undefined {
  if (Math.abs(a.length - b.length) > limit) return undefined;
  const tooFar = limit + 1;
  let previous: number[] = [];
  let current: number[] = [];
  for (let j = 0; j <= Math.min(b.length, limit); j++) previous[j] = j;
  previous[limit + 1] = tooFar;
  for (let i = 1; i <= a.length; i++) {
    const from = Math.max(1, i - limit);
    const to = Math.min(b.length, i + limit);
    const letter = a.charCodeAt(i - 1);
    // Only the cells beside the diagonal are read again in the next row.
    current[from - 1] = from === 1 && i <= limit ? i : tooFar;
    let least = current[from - 1];
    for (let j = from; j <= to; j++) {
      const changed =
        previous[j - 1] + (letter === b.charCodeAt(j - 1) ? 0 : 1);
      const cell = Math.min(previous[j] + 1, current[j - 1] + 1, changed);
      current[j] = cell;
      if (cell < least) least = cell;
    }
    current[to + 1] = tooFar;
    budget.cells -= to - from + 1;
    if (least > limit || budget.cells < 0) return undefined;
    [previous, current] = [current, previous];
  }
  const distance = previous[b.length];
  return distance <= limit ? distance : undefined;
}

/**
 * Finds what mistyped names were most likely meant to be.
 *
 * @returns undefined where no name is near enough
 * @public
 */
export type NameSuggester = (
  typed: string,
  known: Iterable<string>,
) => string | undefined;

/**
 * Makes a suggester for one input with many names: however many and however
 * long they are, the search ends after a bounded amount of work. Names that
 * come after that get no suggestion.
 *
 * @public
 */
export function nameSuggester(): NameSuggester {
  const budget: Budget = { cells: BUDGET };
  return (typed, known) => {
    const wanted = typed.toLowerCase();
    let best: { name: string; distance: number } | undefined;
    for (const name of known) {
      if (budget.cells < 0) break;
      budget.cells -= 1;
      const limit = Math.min(
        MAX_DISTANCE,
        Math.max(1, Math.floor(name.length / 3)),
        best ? best.distance - 1 : MAX_DISTANCE,
      );
      if (Math.abs(name.length - wanted.length) > limit) continue;
      const lower = name.toLowerCase();
      budget.cells -= Math.ceil(name.length / 16);
      const distance =
        lower === wanted ? 0 : distanceWithin(wanted, lower, limit, budget);
      if (distance !== undefined) best = { name, distance };
      if (distance === 0) break;
    }
    return best?.name;
  };
}

/**
 * The known name that a mistyped one was most likely meant to be: at most a
 * third of its letters differ, and no more than eight, regardless of case.
 *
 * @public
 */
export function nearestName(
  typed: string,
  known: Iterable<string>,
): string | undefined {
  return nameSuggester()(typed, known);
}
