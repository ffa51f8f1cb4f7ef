export * from './GrantsService';
export * from './grantRoutes';
export * from './explorerRoutes';
