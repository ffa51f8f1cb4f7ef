/**
 * Model, state machines, policy, permissions and API client of Lakemesh, for
 * backend and frontend alike.
 *
 * @packageDocumentation
 */
export * from './audit';
export * from './client';
export * from './discovery';
export * from './lifecycle';
export * from './model';
export * from './permissions';
export * from './place';
export * from './plan';
export * from './policy';
export * from './publication';
export * from './sentences';
