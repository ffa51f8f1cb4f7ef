export * from './createScanning';
export * from './scanConfig';
export * from './scanRoutes';
