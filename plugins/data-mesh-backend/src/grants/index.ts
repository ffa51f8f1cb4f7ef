export * from './GrantsService';
export * from './grantRoutes';
export * from './explorerRoutes';
export { grantsIn, type GrantsInPlace } from './grantsIn';
