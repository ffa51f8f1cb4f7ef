import { InputError } from '@backstage/errors';

/**
 * The version that the caller has seen, from the header If-Match.
 *
 * @throws InputError where it is no version
 */
export function readIfMatch(request: {
  header(name: string): string | undefined;
}): number {
  const text = request.header('if-match') ?? '';
  const digits = /^(?:W\/)?"?(\d{1,9})"?$/.exec(text.trim());
  if (!digits) {
    throw new InputError(
      `The header If-Match is '${text}', expected the version that you have seen, like 3`,
    );
  }
  return Number(digits[1]);
}
