import { Condition, ConditionText } from './Condition';

/** The attributes of whoever asks, by which conditions decide. */
export type PrincipalTags = Readonly<Record<string, string>>;

/** Cedar's errors, such as `getTag` of a tag that is not there. */
class EvaluationError extends Error {}

function textOf(text: ConditionText, tags: PrincipalTags): string {
  if (text.kind === 'text') return text.value;
  if (!Object.hasOwn(tags, text.key)) {
    throw new EvaluationError(`There is no tag ${text.key}`);
  }
  return tags[text.key];
}

const asRegExp = (pattern: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );

function holds(condition: Condition, tags: PrincipalTags): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every(term => holds(term, tags));
    case 'or':
      return condition.terms.some(term => holds(term, tags));
    case 'not':
      return !holds(condition.term, tags);
    case 'constant':
      return condition.value;
    case 'hasTag':
      return Object.hasOwn(tags, condition.key);
    case 'equals':
      return textOf(condition.left, tags) === textOf(condition.right, tags);
    case 'like':
      return asRegExp(condition.pattern).test(textOf(condition.text, tags));
    default: {
      const set = condition.set.map(text => textOf(text, tags));
      return set.includes(textOf(condition.text, tags));
    }
  }
}

/** Whether a condition holds. One that cannot be evaluated does not. */
export function evaluateCondition(
  condition: Condition,
  tags: PrincipalTags,
): boolean {
  try {
    return holds(condition, tags);
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}
