export * from './scanConfig';
export * from './scanRoutes';
