export * from './entitlementRules';
export * from './PermissionsTogether';
export * from './requestRules';
export * from './requirePermission';
export * from './ResourceAuthorizer';
export * from './resources';
export * from './toWhere';
