import { setImmediate } from 'node:timers/promises';

/** For how long work goes on before others have their turn, in milliseconds. */
const ONE_TURN_MS = 20;

/** When the turn began, or before: others may have had theirs meanwhile. */
let began = performance.now();

/**
 * Lets others have their turn where work has gone on for long: while JavaScript
 * works, nobody else is answered. To be awaited between the parts of long work;
 * comes back at once while the turn lasts.
 */
export async function nextTurn(): Promise<void> {
  if (performance.now() - began < ONE_TURN_MS) return;
  await setImmediate();
  began = performance.now();
}

/** The items of a list, or of what makes them, with turns for others between. */
export async function* inTurns<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) {
    yield item;
    await nextTurn();
  }
}

/** The same as `map`, for what takes long for each item. */
export async function mapInTurns<T, U>(
  items: Iterable<T>,
  read: (item: T) => U,
): Promise<U[]> {
  const all: U[] = [];
  for await (const item of inTurns(items)) all.push(read(item));
  return all;
}

/**
 * Starts work on all items, and lets others have their turn in between: what
 * each does before it first waits may be long.
 */
export async function allInTurns<T>(
  items: Iterable<T>,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const started: Array<Promise<void>> = [];
  for (const item of items) {
    const doing = work(item);
    // Whoever waits for all of them hears of it below.
    doing.catch(() => {});
    started.push(doing);
    await nextTurn();
  }
  await Promise.all(started);
}
