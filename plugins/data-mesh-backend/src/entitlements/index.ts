export * from './entitlementRoutes';
export * from './use/useRoutes';
