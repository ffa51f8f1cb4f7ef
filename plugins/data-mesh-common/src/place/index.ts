export { matchesExactly, matchesName } from './glob';
export * from './place';
