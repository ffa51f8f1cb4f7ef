export * from './assignDeciders';
export * from './evaluatePolicy';
export * from './mergeContributions';
export * from './scopeColumns';
export * from './types';
