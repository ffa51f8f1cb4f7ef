import type { TagExpression } from '../client/types.generated';

/** Values by key; of a key that is named twice, those that both name. */
function valuesByKey(expression: TagExpression): Map<string, Set<string>> {
  const byKey = new Map<string, Set<string>>();
  for (const { key, values } of expression) {
    const before = byKey.get(key);
    byKey.set(
      key,
      new Set(before ? values.filter(value => before.has(value)) : values),
    );
  }
  return byKey;
}

/**
 * Whether all that `wanted` reaches is reached by `held` too, whatever carries
 * the tags: each key of `held` is asked for by `wanted` with none but its
 * values.
 *
 * @public
 */
export function tagExpressionCovers(
  held: TagExpression,
  wanted: TagExpression,
): boolean {
  const asked = valuesByKey(wanted);
  return [...valuesByKey(held)].every(([key, values]) => {
    const some = asked.get(key);
    return some !== undefined && [...some].every(value => values.has(value));
  });
}

/**
 * Whether something may carry tags that both expressions reach: of no key do
 * they want different values only.
 *
 * @public
 */
export function tagExpressionsOverlap(
  a: TagExpression,
  b: TagExpression,
): boolean {
  const other = valuesByKey(b);
  return [...valuesByKey(a)].every(([key, values]) => {
    const some = other.get(key);
    return some === undefined || [...some].some(value => values.has(value));
  });
}

/**
 * Whether something with these tags of its own may be reached. A tag of its own
 * stands in the place of the inherited one of the same key; of a key that it
 * does not carry nobody knows here what it inherits, so that counts as reached.
 *
 * @param tags - `key=value` or `key:value`; others say nothing
 * @public
 */
export function mayMatchTagExpression(
  expression: TagExpression,
  tags: readonly string[] = [],
): boolean {
  const own = new Map<string, string[]>();
  for (const tag of tags) {
    const parts = /^\s*([^=:]+?)\s*[=:]\s*(.+?)\s*$/.exec(tag);
    if (parts) own.set(parts[1], [...(own.get(parts[1]) ?? []), parts[2]]);
  }
  return [...valuesByKey(expression)].every(([key, values]) => {
    const carried = own.get(key);
    return !carried || carried.some(value => values.has(value));
  });
}
