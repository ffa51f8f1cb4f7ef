import { DateTime } from 'luxon';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUST_NOW_MS = 10_000;
// Access is given for days: up to here its end is told in them.
const IN_DAYS_MS = 100 * DAY_MS;

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
  const inDays = ahead > DAY_MS && ahead < IN_DAYS_MS;
  return (
    moment.toRelative({
      base: now,
      padding: ahead > DAY_MS ? HOUR_MS : 0,
      unit: inDays ? 'days' : undefined,
    }) ?? undefined
  );
}
