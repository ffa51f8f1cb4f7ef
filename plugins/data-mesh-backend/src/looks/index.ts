export * from './Looks';
