/**
 * A whole number of up to five digits out of what was typed, or undefined where
 * it is no such number.
 */
export function parseWholeNumber(text: string): number | undefined {
  return /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
}
