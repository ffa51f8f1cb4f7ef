export type { ClaimDeps } from './ClaimDeps';
export { registerClaimRoutes } from './claimRoutes';
export { claimTrust } from './claimTrust';
export { createClaims } from './createClaims';
export { countClaimsToDecide } from './readClaims';
