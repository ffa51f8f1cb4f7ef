export { matchesExactly } from './glob';
export * from './place';
