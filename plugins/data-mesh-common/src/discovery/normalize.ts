/**
 * Brings names as people and systems write them to one form: lower case,
 * without accents, parts joined by `_`: `customerEmail`, `customer-email` and
 * `Customer e‑mail` differ no more than they must.
 */
export function normalize(text: string): string {
  // Most names are ASCII, and the Unicode classes are slow over 200,000 names.
  // eslint-disable-next-line no-control-regex
  if (/^[\x00-\x7f]*$/.test(text)) {
    return text
      .replace(/([a-z\d])([A-Z])/g, '$1_$2')
      .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
      .toLowerCase()
      .replace(/[^a-z\d]+/g, '_')
      .replace(/^_|_$/g, '');
  }
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1_$2')
    .toLocaleLowerCase('en-US')
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/**
 * The words of a search text, each normalized; a word of several parts stays
 * one word.
 */
export function wordsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/\s+/)
        .map(normalize)
        .filter(word => word.length > 0),
    ),
  ];
}
