export * from './entitlementRules';
export * from './requestRules';
export * from './requirePermission';
export * from './ResourceAuthorizer';
export * from './resources';
export * from './toWhere';
