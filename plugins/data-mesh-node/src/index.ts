/**
 * Extension points of the data mesh backend: provisioners, principal
 * resolvers, approval policies.
 *
 * @packageDocumentation
 */
export * from './accessSupport';
export * from './approvalPolicy';
export * from './catalogDirectory';
export * from './grantComparison';
export * from './grantScanner';
export * from './principalResolver';
export * from './provisioner';
export * from './resourceTagger';
export * from './tableDirectory';
