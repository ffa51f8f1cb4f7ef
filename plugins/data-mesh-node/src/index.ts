/**
 * Extension points of the data mesh backend: provisioners, principal
 * resolvers, approval policies.
 *
 * @packageDocumentation
 */
export * from './approvalPolicy';
export * from './catalogDirectory';
export * from './principalResolver';
export * from './provisioner';
