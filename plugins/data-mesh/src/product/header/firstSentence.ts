/** The first sentence of a text, by the rules of Unicode. */
export function firstSentence(text: string): string {
  const segments = new Intl.Segmenter('en', { granularity: 'sentence' });
  const [first] = segments.segment(text.trim());
  return first ? first.segment.trim() : '';
}
