export * from './actions';
export * from './claim';
export * from './stateMachine';
export * from './request';
export * from './entitlement';
export * from './entitlementActions';
