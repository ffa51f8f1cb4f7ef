import { isError } from '@backstage/errors';

/** Names of errors by which clients say that no answer came. */
const NO_ANSWER = new Set([
  'AbortError',
  'TimeoutError',
  'RequestTimeout',
  'NetworkingError',
]);

/**
 * How long a call whose answer never came may still arrive. AWS refuses calls
 * that were signed more than five minutes ago; the sixth is for clocks.
 */
export const LATE_CALL_MS = 6 * 60_000;

/**
 * Whether a call may have been, or may still be, carried out although it
 * failed: the connection broke, nobody answered in time, or the system failed
 * while it worked on it.
 */
export function hasUnknownEnd(error: unknown, depth = 0): boolean {
  if (!isError(error) || depth > 5) return false;
  const { code, $metadata: metadata } = error;
  const status =
    typeof metadata === 'object' && metadata !== null
      ? Number((metadata as { httpStatusCode?: unknown }).httpStatusCode)
      : NaN;
  return (
    NO_ANSWER.has(error.name) ||
    (typeof code === 'string' && /^(E[A-Z]{3,}|UND_ERR_\w+)$/.test(code)) ||
    status >= 500 ||
    hasUnknownEnd(error.cause, depth + 1)
  );
}
