import { EmulatorLimit } from './Behaviour';

/** How many calls a bucket still lets through, and when that was so. */
export interface TokenBucket {
  tokens: number;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The call that wants to pass. */
export interface LimitedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: string;
}

const matches = (limit: EmulatorLimit, call: LimitedCall) =>
  (limit.service === undefined || limit.service === call.service) &&
  (limit.operation === undefined || limit.operation === call.operation) &&
  (limit.account === undefined || limit.account === call.account);

function filled(
  bucket: TokenBucket | undefined,
  { perSecond, burst }: EmulatorLimit,
  now: number,
): TokenBucket {
  if (!bucket) return { tokens: burst, at: now };
  // A clock that tests have put back fills nothing.
  const seconds = Math.max(0, now - bucket.at) / 1000;
  return {
    tokens: Math.min(burst, bucket.tokens + seconds * perSecond),
    at: now,
  };
}

/**
 * Takes a token from every bucket the call needs, or from none where one of
 * them is empty. Each account and operation has buckets of its own.
 */
export function takeTokens(
  buckets: Map<string, TokenBucket>,
  limits: readonly EmulatorLimit[],
  call: LimitedCall,
  now: number,
): boolean {
  const needed = limits.flatMap((limit, i) => {
    if (!matches(limit, call)) return [];
    const key = [i, call.account, call.service, call.operation].join(' ');
    return [{ key, bucket: filled(buckets.get(key), limit, now) }];
  });
  const passes = needed.every(({ bucket }) => bucket.tokens >= 1);
  for (const { key, bucket } of needed) {
    buckets.set(key, {
      tokens: bucket.tokens - (passes ? 1 : 0),
      at: bucket.at,
    });
  }
  return passes;
}
