const format = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeZone: 'UTC',
});

/** A day in a sentence, like `24 Dec 2026`. */
export const dayInWords = (time: string) => format.format(new Date(time));
