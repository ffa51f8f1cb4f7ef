export * from './builders';
export * from './FakeDataMeshApi';
export * from './grantBuilders';
export * from './tagBuilders';
export * from './caseBuilders';
