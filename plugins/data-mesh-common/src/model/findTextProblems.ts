import type { Problem } from '../client/types.generated';

/** More of the same kind help nobody. */
const MOST_PROBLEMS = 20;

function whyNotText(text: string): string | undefined {
  if (text.includes('\0')) {
    return 'contains the character NUL, which no text may have';
  }
  return /\p{Surrogate}/u.test(text)
    ? 'contains half of a surrogate pair, which is no character'
    : undefined;
}

function* problemsOf(value: unknown, field: string): Generator<Problem> {
  if (typeof value === 'string') {
    const reason = whyNotText(value);
    if (reason) yield { field, reason };
  }
  if (typeof value !== 'object' || value === null) return;
  const isList = Array.isArray(value);
  for (const [key, inner] of Object.entries(value)) {
    const reason = isList ? undefined : whyNotText(key);
    if (reason) {
      yield { field: field || 'body', reason: `has a name that ${reason}` };
    } else if (isList) {
      yield* problemsOf(inner, `${field}[${key}]`);
    } else {
      yield* problemsOf(inner, field ? `${field}.${key}` : key);
    }
  }
}

/**
 * The texts in a value that cannot be kept as they are: PostgreSQL keeps no NUL,
 * and no database half of a surrogate pair.
 *
 * @param value - JSON, nested no deeper than calls can be
 * @public
 */
export function findTextProblems(value: unknown): Problem[] {
  const problems: Problem[] = [];
  for (const problem of problemsOf(value, '')) {
    problems.push(problem);
    if (problems.length >= MOST_PROBLEMS) break;
  }
  return problems;
}
