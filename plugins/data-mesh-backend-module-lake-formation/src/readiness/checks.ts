import { isError } from '@backstage/errors';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What was found, and what a person can do about it. */
export type Finding = Pick<Check, 'state' | 'words' | 'fix'>;

export const ok = (words: string): Finding => ({ state: 'ok', words });
export const failed = (words: string, fix: string): Finding => ({
  state: 'failed',
  words,
  fix,
});
export const warning = (words: string, fix: string): Finding => ({
  state: 'warning',
  words,
  fix,
});
export const unknown = (words: string, fix?: string): Finding => ({
  state: 'unknown',
  words,
  ...(fix && { fix }),
});

/** An error as the end of a sentence. */
export const reasonOf = (error: unknown): string =>
  isError(error) ? `${error.name}: ${error.message}` : String(error);

export const isNamed = (error: unknown, ...names: string[]): boolean =>
  isError(error) && names.includes(error.name);

export const isDenied = (error: unknown): boolean =>
  isError(error) && error.name.startsWith('AccessDenied');

/**
 * Makes one line. Whatever keeps it from being looked at is its reason to be
 * unknown.
 */
export async function check(
  id: string,
  title: string,
  look: () => Promise<Finding>,
  signal?: AbortSignal,
): Promise<Check> {
  signal?.throwIfAborted();
  try {
    return { id, title, ...(await look()) };
  } catch (error) {
    signal?.throwIfAborted();
    return {
      id,
      title,
      ...unknown(`This could not be looked at: ${reasonOf(error)}`),
    };
  }
}
