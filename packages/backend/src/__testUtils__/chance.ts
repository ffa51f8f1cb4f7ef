/** Choices that are the same for the same seed. */
export interface Chance {
  /** An integer from 0 to the most, both included. */
  upTo(most: number): number;
  pick<T>(from: readonly T[]): T;
}

/** The generator "mulberry32": small, and good enough for tests. */
export function chanceOf(seed: number): Chance {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const upTo = (most: number) => Math.floor(next() * (most + 1));
  return { upTo, pick: from => from[upTo(from.length - 1)] };
}

/**
 * The part of a failing sequence without which it does not fail: halves are
 * left out, then quarters, down to single steps.
 *
 * @param fails - tries a sequence anew
 */
export async function shortest<T>(
  failing: readonly T[],
  fails: (steps: readonly T[]) => Promise<boolean>,
): Promise<readonly T[]> {
  let steps = failing;
  for (let size = Math.ceil(steps.length / 2); size >= 1; ) {
    let shorter = steps;
    for (let start = 0; start < shorter.length; ) {
      const left = [...shorter.slice(0, start), ...shorter.slice(start + size)];
      if (left.length > 0 && (await fails(left))) shorter = left;
      else start += size;
    }
    const isDone = size === 1 && shorter.length === steps.length;
    steps = shorter;
    if (isDone) return steps;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return steps;
}
