export * from './driftRoutes';
