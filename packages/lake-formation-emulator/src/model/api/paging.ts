import { invalidInput } from './AwsError';

/** A page of a listing, and where the next one starts. */
export interface Page<T> {
  items: T[];
  nextToken?: string;
}

const encode = (position: string) =>
  Buffer.from(`p:${position}`).toString('base64url');

function decode(token: string): string {
  const text = Buffer.from(token, 'base64url').toString();
  if (!text.startsWith('p:')) {
    throw invalidInput('NextToken is invalid.');
  }
  return text.slice(2);
}

/** The position after which the page of a token starts; undefined for the first. */
export const positionOfToken = (token: string | undefined) =>
  token === undefined ? undefined : decode(token);

/**
 * Cuts one page out of an ordered listing. The token names the last item that
 * was returned, so that what is created or deleted in between neither repeats
 * nor skips the others.
 *
 * @param items - in order of their positions
 * @param positionOf - grows strictly along the listing
 */
export function pageOf<T, P extends string | number>(
  items: Iterable<T>,
  positionOf: (item: T) => P,
  parsePosition: (text: string) => P,
  limit: number,
  token: string | undefined,
): Page<T> {
  const after = token === undefined ? undefined : parsePosition(decode(token));
  const page: T[] = [];
  for (const item of items) {
    if (after !== undefined && positionOf(item) <= after) continue;
    if (page.length === limit) {
      return {
        items: page,
        nextToken: encode(String(positionOf(page[limit - 1]))),
      };
    }
    page.push(item);
  }
  return { items: page };
}
