export * from './createSight';
export * from './RecordSight';
