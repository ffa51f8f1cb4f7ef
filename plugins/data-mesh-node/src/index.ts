/**
 * Extension points of the data mesh backend: provisioners, principal
 * resolvers, approval policies. And its HTTP API for other backend plugins.
 *
 * @packageDocumentation
 */
export * from './accessSupport';
export * from './approvalPolicy';
export * from './catalogDirectory';
export * from './dataMeshApiFor';
export * from './grantComparison';
export * from './grantScanner';
export * from './principalResolver';
export * from './provisioner';
export * from './resourceTagger';
export * from './tableDirectory';
