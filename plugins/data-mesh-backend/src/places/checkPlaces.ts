import type { FoundItem } from '../doctor/FoundItem';
import type { Caller } from '../identity/Caller';
import { placeChecks, productsNamedTogether } from './placeChecks';
import type { PlacedProducts } from './PlacedProducts';
import type { Places } from './Places';

/** What the doctor finds about places, in words that the caller may read. */
export function checkPlaces(deps: {
  placed: Pick<PlacedProducts, 'tables' | 'visible'>;
  places: Pick<Places, 'book'>;
}): (caller: Caller) => Promise<FoundItem[]> {
  const { placed, places } = deps;
  return async ({ credentials }) => {
    const [tables, book] = await Promise.all([placed.tables(), places.book()]);
    const together = productsNamedTogether(tables);
    const seen = await placed.visible(together, credentials);
    return placeChecks(tables, book, ref => seen.has(ref));
  };
}
