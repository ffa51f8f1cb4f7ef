import {
  ProductSearchMatch,
  wordsFound,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a result says about where its words were found. */
export interface Reasons {
  shown: ProductSearchMatch[];
  /** How many further places there are. */
  more: number;
}

function coverage(
  { text, description = '' }: ProductSearchMatch,
  search: string,
) {
  return new Set([
    ...wordsFound(text, search),
    ...wordsFound(description, search),
  ]);
}

/**
 * Chooses the fewest places that account for all words. Title and description
 * of the product are on the screen with their marks: words found there need no
 * other reason, but a single place that holds all words is always told.
 */
export function chooseReasons(
  matches: readonly ProductSearchMatch[],
  search: string,
  visible: string,
): Reasons {
  // What only repeats the title, or is shown anyway, tells nothing.
  const telling = matches.filter(
    match =>
      match.kind !== 'title' &&
      !(match.kind === 'description' && !match.port) &&
      !(match.kind === 'name' && wordsFound(visible, match.text).length > 0),
  );
  const wanted = new Set(wordsFound(search, search));
  const missing = new Set(wanted);
  wordsFound(visible, search).forEach(word => missing.delete(word));
  const shown: ProductSearchMatch[] = [];
  for (const match of telling) {
    const words = coverage(match, search);
    const adds = [...words].some(word => missing.has(word));
    if (adds || (shown.length === 0 && words.size === wanted.size)) {
      shown.push(match);
      words.forEach(word => missing.delete(word));
    }
    if (shown.length && !missing.size) break;
  }
  return { shown, more: shown.length ? telling.length - shown.length : 0 };
}
