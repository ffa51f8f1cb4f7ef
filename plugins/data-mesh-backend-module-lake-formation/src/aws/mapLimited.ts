import pLimit from 'p-limit';

/** Maps with up to `limit` calls under way; results in the order of the items. */
export function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): Promise<R[]> {
  const limited = pLimit(limit);
  return Promise.all(items.map(item => limited(() => map(item))));
}
