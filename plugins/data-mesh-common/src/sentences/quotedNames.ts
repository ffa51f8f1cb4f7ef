import type { Sentence } from '../client/types.generated';
import { sentence } from './sentence';

/**
 * Names for a sentence, each between backticks. Beyond some they are counted:
 * two names and "3 more".
 *
 * @public
 */
export function quotedNames(
  names: readonly string[],
  atMost = 5,
): Array<string | Sentence> {
  const quoted = names.map(name => `\`${name}\``);
  if (quoted.length <= atMost) return quoted;
  return [
    ...quoted.slice(0, atMost),
    sentence('list.more', { count: quoted.length - atMost }),
  ];
}
