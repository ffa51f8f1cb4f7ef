/** Glue keeps names in lower case, and so do the patterns that name them. */
const folded = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * Whether a name matches a pattern, in which `*` stands for any characters.
 * Upper and lower case are the same.
 *
 * @public
 */
export function matchesName(pattern: string, name: string): boolean {
  return coversPattern(pattern, name);
}

/**
 * Whether every name that matches `narrow` matches `wide` too. A `*` of
 * `narrow` is covered only by a `*` of `wide`, so that the answer is never yes
 * where it should be no.
 */
export function coversPattern(wide: string, narrow: string): boolean {
  return matchesExactly(folded(wide), folded(narrow));
}

/**
 * Whether a text matches a pattern, in which `*` stands for any characters.
 * Upper and lower case differ.
 *
 * @public
 */
export function matchesExactly(pattern: string, text: string): boolean {
  // The usual walk with one point to come back to: linear in practice, and
  // never worse than the product of the lengths.
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && pattern[p] === text[t]) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}

/** Whether some name matches both patterns. */
export function patternsOverlap(one: string, other: string): boolean {
  const a = folded(one);
  const b = folded(other);
  // reachable[j]: the first i letters of a and the first j of b may stand for
  // the same name.
  let reachable = Array.from({ length: b.length + 1 }, () => false);
  for (let i = 0; i <= a.length; i += 1) {
    const next = Array.from({ length: b.length + 1 }, () => false);
    for (let j = 0; j <= b.length; j += 1) {
      if (i === 0 && j === 0) {
        next[j] = true;
        continue;
      }
      const fromLeft = i > 0 && a[i - 1] === '*' && reachable[j];
      const fromBelow = j > 0 && b[j - 1] === '*' && next[j - 1];
      // A star stands for any number of letters of the other side.
      const starTakes =
        (i > 0 && j > 0 && a[i - 1] === '*' && next[j - 1]) ||
        (i > 0 && j > 0 && b[j - 1] === '*' && reachable[j]);
      const same = i > 0 && j > 0 && a[i - 1] === b[j - 1] && reachable[j - 1];
      next[j] = Boolean(fromLeft || fromBelow || starTakes || same);
    }
    reachable = next;
  }
  return reachable[b.length];
}
