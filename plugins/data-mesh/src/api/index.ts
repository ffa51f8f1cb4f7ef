export { dataMeshApiFactory } from './dataMeshApiFactory';
export { dataMeshApiRef, useDataMesh } from './dataMeshApiRef';
export { SIGNAL_CHANNEL, useLoad } from './useLoad';
export type { Loaded } from './useLoad';
export { usePages } from './usePages';
export type { Pages } from './usePages';
export { useProduct } from './useProduct';
