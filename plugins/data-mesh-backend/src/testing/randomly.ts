/** Choices that are the same for the same seed. */
export interface Chance {
  /** An integer from 0 to the most, both included. */
  upTo(most: number): number;
  pick<T>(from: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
}

/** The same choices for the same seed. */
export function chanceOf(seed: number): Chance {
  // The generator "mulberry32": small, and good enough for tests.
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return {
    upTo,
    pick: from => from[upTo(from.length - 1)],
    shuffle: items =>
      items
        .map(item => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
  };
}

/** Tries what should hold for any input; says with which seed it did not. */
export function randomly(times: number, holds: (chance: Chance) => void): void {
  for (let seed = 1; seed <= times; seed += 1) {
    try {
      holds(chanceOf(seed));
    } catch (error) {
      if (error instanceof Error) {
        error.message = `With seed ${seed}: ${error.message}`;
      }
      throw error;
    }
  }
}
