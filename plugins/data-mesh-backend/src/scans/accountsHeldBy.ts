import type { ScanTarget } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Caller } from '../identity/Caller';
import { isOwnerOf, type PlaceBook } from '../places';

/** Of which targets a domain of the caller holds at least a part. */
export function accountsHeldBy(
  caller: Pick<Caller, 'ownershipRefs'>,
  book: PlaceBook,
): (target: Pick<ScanTarget, 'portType' | 'accountId' | 'region'>) => boolean {
  const held = book.holdings
    .filter(({ domainRef }) => isOwnerOf(book, domainRef, caller))
    .map(({ place }) => place);
  return ({ portType, accountId, region }) =>
    held.some(
      place =>
        place.system === portType &&
        // A nested catalog names its account first.
        place.catalogId.split(':', 1)[0] === accountId &&
        (!place.region || !region || place.region === region),
    );
}
