import { AwsError, validationError } from '../../model/api/AwsError';
import { pageOf } from '../../model/api/paging';

const MAX_ITEMS = 1000;
const DEFAULT_ITEMS = 100;

/** A page of one of IAM's listings, in IAM's words. */
export interface IamPage<T> {
  items: T[];
  IsTruncated: boolean;
  Marker?: string;
}

/** Cuts a page as IAM does: 100 items where the request names no number. */
export function iamPage<T>(
  items: readonly T[],
  { MaxItems = DEFAULT_ITEMS, Marker }: { MaxItems?: number; Marker?: string },
): IamPage<T> {
  if (MaxItems < 1 || MaxItems > MAX_ITEMS) {
    throw validationError([
      `Value '${MaxItems}' at 'maxItems' failed to satisfy constraint: Member must have value between 1 and ${MAX_ITEMS}`,
    ]);
  }
  const placed = items.map((item, place) => ({ item, place }));
  try {
    const page = pageOf(placed, one => one.place, Number, MaxItems, Marker);
    return {
      items: page.items.map(({ item }) => item),
      IsTruncated: page.nextToken !== undefined,
      Marker: page.nextToken,
    };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError('ValidationException', `Invalid Marker: ${Marker}`);
  }
}
