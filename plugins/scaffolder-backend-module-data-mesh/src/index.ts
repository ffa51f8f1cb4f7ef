/**
 * Scaffolder actions and templates of Lakemesh.
 *
 * @packageDocumentation
 */
export { scaffolderModuleDataMesh as default } from './module';
