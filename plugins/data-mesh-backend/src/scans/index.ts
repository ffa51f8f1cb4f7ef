export * from './productRoutes';
export * from './scanRoutes';
