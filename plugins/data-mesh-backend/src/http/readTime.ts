import { ProblemsError } from '../errors/ProblemsError';

/**
 * Reads a time of a query. The contract lets through what looks like a time;
 * not all of that is one.
 *
 * @returns the time in UTC with milliseconds, as times are stored
 * @throws ProblemsError naming the field
 */
export function readTime(field: string, text: string): string {
  const time = new Date(text);
  // Times are compared as text: years have four digits.
  const iso = Number.isNaN(time.getTime()) ? '' : time.toISOString();
  if (iso.length !== '2026-11-23T08:00:00.000Z'.length) {
    throw new ProblemsError([
      {
        field,
        reason: `'${text}' is not a time; expected one like 2026-11-23T08:00:00Z`,
      },
    ]);
  }
  return iso;
}
