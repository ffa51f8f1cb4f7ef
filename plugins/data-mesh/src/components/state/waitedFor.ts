import type { Tone } from './tones';

const HOUR = 3_600_000;

/** How long something has waited, in the largest unit that fits. */
export function waitedFor(
  since: string,
  now: number,
): { unit: 'minutes' | 'hours' | 'days'; value: number; tone: Tone } {
  const ms = Math.max(0, now - Date.parse(since));
  const hours = ms / HOUR;
  if (hours < 1) {
    const minutes = Math.max(1, Math.floor(ms / 60_000));
    return { unit: 'minutes', value: minutes, tone: 'neutral' };
  }
  if (hours < 24) {
    return { unit: 'hours', value: Math.floor(hours), tone: 'neutral' };
  }
  const days = Math.floor(hours / 24);
  let tone: Tone = 'neutral';
  if (days >= 7) tone = 'bad';
  else if (days >= 2) tone = 'attention';
  return { unit: 'days', value: days, tone };
}
