import { normalize, wordsOf } from './normalize';

/**
 * A stretch of text that is or is not what was looked for.
 *
 * @public
 */
export interface HighlightPart {
  text: string;
  hit: boolean;
}

/**
 * Cuts a text where the words of a search stand in it, the longest first.
 *
 * @public
 */
export function highlightParts(text: string, search: string): HighlightPart[] {
  const words = wordsOf(search).sort((a, b) => b.length - a.length);
  if (!words.length || !text) return [{ text, hit: false }];
  // Normalized words hold letters, digits and `_` only: nothing to escape.
  // `_` stands for any separator, and for none where case changes.
  const pattern = new RegExp(
    `(${words.map(word => word.replace(/_/g, '[^\\p{L}\\p{N}]*')).join('|')})`,
    'giu',
  );
  return text
    .split(pattern)
    .map((part, at) => ({ text: part, hit: at % 2 === 1 }))
    .filter(part => part.text.length > 0);
}

/**
 * The words of a search that stand in a text, as the search compares them.
 *
 * @public
 */
export function wordsFound(text: string, search: string): string[] {
  const normal = normalize(text);
  return wordsOf(search).filter(word => normal.includes(word));
}
