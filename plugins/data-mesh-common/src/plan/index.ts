export * from './words';
export * from './principalInWords';
export * from './productInWords';
export * from './scope';
export * from './narrowing';
export * from './tagExpression';
