import { Condition } from './Condition';
import { PrincipalTags, evaluateCondition } from './evaluateCondition';
import { parseCondition } from './parseCondition';
import { Grant } from '../grants/Grant';

export type { PrincipalTags } from './evaluateCondition';

/** Grants are asked often and their conditions never change. */
const parsed = new Map<string, Condition>();
const MAX_PARSED = 1000;

function parsedOnce(text: string): Condition {
  const known = parsed.get(text);
  if (known) return known;
  if (parsed.size >= MAX_PARSED) parsed.clear();
  const condition = parseCondition(text);
  parsed.set(text, condition);
  return condition;
}

/** Whether a grant holds for someone with these attributes. */
export const conditionHolds = (
  { condition }: Pick<Grant, 'condition'>,
  tags: PrincipalTags,
): boolean =>
  condition === undefined || evaluateCondition(parsedOnce(condition), tags);
