/** A waiting time as people say it: hours up to two days, then days. */
export function usualTime(hours: number): {
  unit: 'hours' | 'days';
  count: number;
} {
  if (hours < 48)
    return { unit: 'hours', count: Math.max(1, Math.round(hours)) };
  return { unit: 'days', count: Math.round(hours / 24) };
}
