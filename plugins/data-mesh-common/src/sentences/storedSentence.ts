import type { Sentence } from '../client/types.generated';

/**
 * A sentence from before sentences had codes, or from elsewhere, was a text.
 * It is told as it stands.
 *
 * @public
 */
export function storedSentence(stored: Sentence | string): Sentence {
  return typeof stored === 'string' ? { text: stored } : stored;
}
