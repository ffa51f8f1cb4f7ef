export * from './canonicalJson';
export * from './checkpoint';
export * from './checkpointKey';
export * from './eventHash';
export * from './TrailChecker';
export * from './TrailReport';
