export * from './createSight';
export * from './grantQueries';
export * from './GrantSight';
export * from './RecordSight';
