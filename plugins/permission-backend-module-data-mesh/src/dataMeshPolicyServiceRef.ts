import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  createDataMeshPolicy,
  type DataMeshPolicy,
} from './createDataMeshPolicy';

/**
 * Gives the rules of Lakemesh to a module of the permission backend.
 *
 * @public
 */
export const dataMeshPolicyServiceRef = createServiceRef<DataMeshPolicy>({
  id: 'lakemesh.data-mesh-policy',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
      },
      factory: deps => createDataMeshPolicy(deps),
    }),
});
