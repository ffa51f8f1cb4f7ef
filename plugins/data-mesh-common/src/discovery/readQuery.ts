import { wordsOf } from './normalize';
import type { FilledIndex } from './productIndex';

/** Words that people use for the same. */
const SYNONYMS: ReadonlyArray<readonly string[]> = [
  ['mail', 'email', 'e_mail'],
  ['pii', 'personal'],
  ['phone', 'telephone'],
];

/** Shorter words have too many neighbours. */
const SHORTEST_MENDED = 4;

/**
 * A word that is read as another one.
 *
 * @public
 */
export interface WordReading {
  from: string;
  to: string;
  why: 'typo' | 'synonym';
}

/** A search as it is understood. */
export interface QueryReading {
  words: string[];
  readings: WordReading[];
}

/** Whether one letter more, less, other, or two swapped make a word another. */
export function isOneEdit(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || a === b) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  return (
    short.slice(at + 1) === long.slice(at + 1) ||
    (short[at] === long[at + 1] &&
      short[at + 1] === long[at] &&
      short.slice(at + 2) === long.slice(at + 2))
  );
}

/** Of each position, whether the product may be seen; all where left out. */
type Visible = readonly boolean[] | undefined;

/** The known word that is meant: in the most products, then by name. */
function mended(
  { terms }: FilledIndex,
  word: string,
  visible: Visible,
): string | undefined {
  const products = new Map<string, number>();
  for (const term of terms) {
    for (const part of term.normal.split('_')) {
      if (Math.abs(part.length - word.length) > 1) continue;
      if (part.length < SHORTEST_MENDED || !isOneEdit(part, word)) continue;
      const seen = visible
        ? term.products.filter(at => visible[at]).length
        : term.products.length;
      if (seen > 0) products.set(part, (products.get(part) ?? 0) + seen);
    }
  }
  return [...products].sort(
    ([a, inA], [b, inB]) => inB - inA || a.localeCompare(b, 'en'),
  )[0]?.[0];
}

function isFound(
  { terms }: FilledIndex,
  word: string,
  visible: Visible,
): boolean {
  return terms.some(
    ({ normal, products }) =>
      normal.includes(word) && (!visible || products.some(at => visible[at])),
  );
}

/**
 * Reads a search: a word that stands nowhere is taken for a synonym that does,
 * or for a typo.
 *
 * @param isExact - whether nothing is read into it
 * @param visible - what is hidden says nothing about what words there are
 */
export function readQuery(
  index: FilledIndex,
  text: string,
  isExact: boolean,
  visible?: Visible,
): QueryReading {
  const readings: WordReading[] = [];
  const words = wordsOf(text).map(word => {
    if (isExact || isFound(index, word, visible)) return word;
    const synonym = SYNONYMS.find(group => group.includes(word))?.find(other =>
      isFound(index, other, visible),
    );
    const to =
      synonym ??
      (word.length >= SHORTEST_MENDED
        ? mended(index, word, visible)
        : undefined);
    if (to === undefined) return word;
    readings.push({ from: word, to, why: synonym ? 'synonym' : 'typo' });
    return to;
  });
  return { words, readings };
}
