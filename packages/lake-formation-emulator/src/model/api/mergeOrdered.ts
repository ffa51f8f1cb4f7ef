/**
 * Joins ordered listings into one that is ordered, reading no further ahead
 * than the next item of each.
 */
export function* mergeOrdered<T>(
  listings: readonly Iterable<T>[],
  positionOf: (item: T) => number,
): Iterable<T> {
  const open = listings.flatMap(listing => {
    const items = listing[Symbol.iterator]();
    const first = items.next();
    return first.done ? [] : [{ items, next: first.value }];
  });
  while (open.length) {
    const lowest = open.reduce((a, b) =>
      positionOf(b.next) < positionOf(a.next) ? b : a,
    );
    yield lowest.next;
    const following = lowest.items.next();
    if (following.done) open.splice(open.indexOf(lowest), 1);
    else lowest.next = following.value;
  }
}
