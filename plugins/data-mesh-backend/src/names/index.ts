export { createNames, type Names } from './createNames';
export { NameAnchors } from './NameAnchors';
export type { NameTrust, Trust, TrustedName, TrustKind } from './NameTrust';
export { registerNameRoutes } from './router';
export { originOf } from './originOf';
