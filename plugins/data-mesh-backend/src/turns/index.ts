export * from './turns';
