export * from './words';
export * from './scope';
export * from './narrowing';
export * from './tagExpression';
