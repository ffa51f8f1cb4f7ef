export * from './GrantsService';
export * from './grantRoutes';
