import { validationError } from '../model/api/AwsError';

/** Checks MaxResults against AWS's limit; the limit is also the default. */
export function pageSize(requested: number | undefined, max: number): number {
  if (requested === undefined) return max;
  if (requested < 1 || requested > max) {
    const bound =
      requested < 1
        ? 'greater than or equal to 1'
        : `less than or equal to ${max}`;
    throw validationError([
      `Value '${requested}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    ]);
  }
  return requested;
}
