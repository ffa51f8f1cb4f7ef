/**
 * Median time from asking to the decision in hours, to one decimal.
 *
 * @returns undefined where nothing was decided yet
 */
export function medianDecisionHours(
  decided: ReadonlyArray<{ createdAt: string; decidedAt: string }>,
): number | undefined {
  if (decided.length === 0) return undefined;
  const hours = decided
    .map(one => (Date.parse(one.decidedAt) - Date.parse(one.createdAt)) / 36e5)
    .sort((a, b) => a - b);
  const middle = hours.length >> 1;
  const median =
    hours.length % 2 ? hours[middle] : (hours[middle - 1] + hours[middle]) / 2;
  return Math.round(median * 10) / 10;
}
