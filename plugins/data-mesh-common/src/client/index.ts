export type { ApiCallerOptions } from './ApiCaller';
export * from './client.generated';
export * from './types.generated';
