import { Duration } from 'luxon';

/** Hours as people say them: hours up to two days, then days. */
export function hoursInWords(hours: number): string {
  const rounded = Math.max(1, Math.round(hours));
  return (
    rounded < 48
      ? Duration.fromObject({ hours: rounded })
      : Duration.fromObject({ days: Math.round(rounded / 24) })
  ).toHuman();
}
