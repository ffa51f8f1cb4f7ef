const DATE_TIME =
  /^\d{4}-\d\d-\d\d[tT]\d\d:\d\d:\d\d(\.\d{1,9})?([zZ]|[+-]\d\d:\d\d)$/;

/**
 * Whether a text is a point in time of RFC 3339 that JavaScript can read, of
 * the years 0000 to 9999 in UTC. The 30th of February and leap seconds are
 * not.
 */
export function isDateTime(text: string): boolean {
  if (!DATE_TIME.test(text)) return false;
  const time = Date.parse(text);
  if (Number.isNaN(time)) return false;
  // Times are compared as text: in UTC, too, the year has four digits.
  if (!/^\d{4}-/.test(new Date(time).toISOString())) return false;
  // `Date` takes the 30th of February for the 2nd of March.
  const day = Number(text.slice(8, 10));
  const month = Number(text.slice(5, 7));
  const year = Number(text.slice(0, 4));
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
