export {
  PlaceBook,
  type DomainFacts,
  type Holder,
  type Holding,
  type TagAddress,
} from './PlaceBook';
export { Places } from './Places';
export { PlaceStore } from './PlaceStore';
export { readDomains, type ConfiguredDomain } from './readDomains';
export { PlaceReader } from './PlaceReader';
export { registerPlaceRoutes } from './placeRoutes';
