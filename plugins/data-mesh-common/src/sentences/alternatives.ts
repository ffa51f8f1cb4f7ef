import type { Sentence } from '../client/types.generated';
import { sentence } from './sentence';

/**
 * A list of which any one is meant: "a, b or c".
 *
 * @public
 */
export function alternatives(items: readonly string[]): string | Sentence {
  return items.length < 2
    ? items.join('')
    : sentence('list.or', {
        before: items.slice(0, -1).join(', '),
        last: items[items.length - 1],
      });
}
