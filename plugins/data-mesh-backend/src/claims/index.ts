export { registerClaimRoutes } from './claimRoutes';
export { createClaims, type Claims } from './createClaims';
export { CatalogPlaceImpact, type PlaceImpact } from './PlaceImpact';
