/** One key of an expression and the values of it that match. */
export interface TagCondition {
  readonly key: string;
  readonly values: readonly string[];
}

/** AND over the keys, OR over the values of a key. */
export type TagExpression = readonly TagCondition[];

/** The LF-Tags of a resource: one value a key. */
export type TagsByKey = Readonly<Record<string, string>>;

/** Stands for every value of a key, also those that come later. */
export const ALL_VALUES = '*';

/** LF-Tags are kept in lower case. */
export const storedTag = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * The one form of an expression: equal expressions are equal texts, in
 * whichever order they were written.
 */
export function storedExpression(expression: TagExpression): TagExpression {
  const values = new Map<string, Set<string>>();
  for (const condition of expression) {
    const key = storedTag(condition.key);
    const known = values.get(key) ?? new Set();
    condition.values.forEach(value => known.add(storedTag(value)));
    values.set(key, known);
  }
  return [...values]
    .map(([key, found]) => ({ key, values: [...found].sort() }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Whether a list of values reaches a value: by name or by standing for all. */
export const reachesValue = (values: readonly string[], value: string) =>
  values.includes(ALL_VALUES) || values.includes(value);

/** Whether a list of values reaches any of the asked ones; `*` asks for all. */
export const reachesAnyValue = (
  values: readonly string[],
  asked: readonly string[],
) =>
  asked.includes(ALL_VALUES) ||
  asked.some(value => reachesValue(values, value));

/**
 * Whether an expression is another one, or a part of its keys and values: what
 * an account may pass on of what it got by the other one.
 */
export const isPartOfExpression = (
  part: TagExpression,
  whole: TagExpression,
): boolean =>
  part.length > 0 &&
  part.every(({ key, values }) => {
    const known = whole.find(condition => condition.key === key);
    return (
      known !== undefined &&
      values.every(value => reachesValue(known.values, value))
    );
  });

/** Whether the tags of a resource satisfy the expression. */
export const matchesExpression = (
  expression: TagExpression,
  tags: TagsByKey,
): boolean =>
  expression.length > 0 &&
  expression.every(
    ({ key, values }) => key in tags && reachesValue(values, tags[key]),
  );
