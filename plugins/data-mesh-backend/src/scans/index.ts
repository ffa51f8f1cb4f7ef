export * from './scanRoutes';
