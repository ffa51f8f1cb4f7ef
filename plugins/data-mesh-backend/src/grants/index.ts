export * from './explorerRoutes';
export { grantsIn, type GrantsInPlace } from './grantsIn';
