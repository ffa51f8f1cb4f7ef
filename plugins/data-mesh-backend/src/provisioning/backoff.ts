/** How long to wait before another attempt. */
export interface Backoff {
  initialMs: number;
  maxMs: number;
}

/**
 * Exponential backoff with full jitter: anything between nothing and twice the
 * bound of the attempt before, so that many that failed together do not come
 * back together.
 *
 * @param attempt - number of attempts made, from 1
 * @param random - between 0 and 1
 */
export function backoffMs(
  backoff: Backoff,
  attempt: number,
  random: number,
): number {
  // 2^30 ms is beyond any maximum; the exponent must not reach infinity.
  const exponent = Math.min(Math.max(attempt, 1) - 1, 30);
  return Math.round(
    random * Math.min(backoff.maxMs, backoff.initialMs * 2 ** exponent),
  );
}
