export * from './portFacts';
