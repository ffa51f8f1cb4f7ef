/**
 * The DataProduct kind for the Backstage catalog: schema, validation,
 * relations, and a directory that templates publish entities to.
 *
 * @packageDocumentation
 */
export { catalogModuleDataMesh as default } from './module';
