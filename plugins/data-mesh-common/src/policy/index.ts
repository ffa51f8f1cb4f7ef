export * from './assignDeciders';
export * from './evaluatePolicy';
export * from './mergeContributions';
export { sensitiveColumnsOf } from './neverSharedRefusals';
export * from './protectReach';
export * from './reach';
export * from './types';
