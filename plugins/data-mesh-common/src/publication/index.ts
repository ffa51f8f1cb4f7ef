export * from './portFacts';
export * from './diffFacts';
export * from './factsOf';
export * from './protection';
export * from './publishedProduct';
