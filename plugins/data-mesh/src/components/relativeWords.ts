import { DateTime } from 'luxon';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUST_NOW_MS = 10_000;

/**
 * A moment in words from now, undefined where it is now. What lies days ahead
 * is rounded up over the first hour, so that what was given for 30 days ends
 * in 30 days and not in 29.
 */
export function relativeWords(
  moment: DateTime,
  now: DateTime = DateTime.now(),
): string | undefined {
  const ahead = moment.toMillis() - now.toMillis();
  if (Math.abs(ahead) < JUST_NOW_MS) return undefined;
  return (
    moment.toRelative({
      base: now,
      padding: ahead > DAY_MS ? HOUR_MS : 0,
    }) ?? undefined
  );
}
