/**
 * How much one step grants: little enough that others get their turn between
 * two steps, enough that 100 tables are one line to read.
 */
const PLACES_IN_A_STEP = 100;

export function inChunks<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += PLACES_IN_A_STEP) {
    chunks.push(items.slice(from, from + PLACES_IN_A_STEP));
  }
  return chunks;
}
