/** A day in milliseconds. */
export const DAY = 86_400_000;

/** Ends within so many days need attention. */
export const ENDING_SOON_DAYS = 14;
