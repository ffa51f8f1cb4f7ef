/**
 * Permission policy of Lakemesh, as a module or for one's own policy.
 *
 * @packageDocumentation
 */
export { permissionModuleDataMesh as default } from './module';
export {
  createDataMeshPolicy,
  type DataMeshPolicy,
} from './createDataMeshPolicy';
export { dataMeshPolicyServiceRef } from './dataMeshPolicyServiceRef';
