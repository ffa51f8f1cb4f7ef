/**
 * How well a normalized word is found in a normalized term, from 1 (it is the
 * term) to 0 (not at all). Starts of parts count more than what stands inside
 * one: `mail` finds `e_mail` better than `customer_email`.
 */
export function matchQuality(term: string, word: string): number {
  let best = 0;
  let at = term.indexOf(word);
  while (at >= 0 && best < 0.8) {
    const starts = at === 0 || term[at - 1] === '_';
    const end = at + word.length;
    const ends = end === term.length || term[end] === '_';
    if (starts && ends) best = term.length === word.length ? 1 : 0.8;
    else best = Math.max(best, starts ? 0.6 : 0.3);
    at = term.indexOf(word, at + 1);
  }
  return best;
}
