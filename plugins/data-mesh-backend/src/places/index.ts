export {
  PlaceBook,
  type DomainFacts,
  type Holder,
  type Holding,
  type TagAddress,
} from './PlaceBook';
export { addressOfFacts, ownerAnswers } from './ownerAnswers';
export { PlaceReader, aliasOf, overlapOf } from './PlaceReader';
export { Places } from './Places';
export { placeTrust } from './placeTrust';
export { PlaceStore, placeHash, type NewHolding } from './PlaceStore';
export { checkPlaces } from './checkPlaces';
export { placeProblems } from './placeProblems';
export { registerPlaceRoutes } from './placeRoutes';
export {
  decidesOnPlaces,
  isOwnerOf,
  placeStandingOf,
  type PlaceStanding,
} from './placeStanding';
export { PlacedProducts, type PlacedTable } from './PlacedProducts';
export { readDomains, type ConfiguredDomain } from './readDomains';
