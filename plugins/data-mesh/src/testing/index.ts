export * from './builders';
export * from './FakeDataMeshApi';
