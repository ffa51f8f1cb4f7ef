export * from './EntitlementIntake';
export * from './EntitlementReader';
export * from './EntitlementService';
export * from './entitlementRoutes';
