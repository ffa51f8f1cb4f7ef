export * from './DataMeshClient';
export * from './types';
export type { components, operations, paths } from './openapi.generated';
