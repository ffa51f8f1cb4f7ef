import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { dataMeshPolicyServiceRef } from './dataMeshPolicyServiceRef';
import { readOtherPermissions } from './readOtherPermissions';

/**
 * Sets the permission policy: the rules of Lakemesh, and for all other
 * permissions `dataMesh.permissionPolicy.otherPermissions`.
 *
 * @public
 */
export const permissionModuleDataMesh = createBackendModule({
  pluginId: 'permission',
  moduleId: 'data-mesh',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        dataMesh: dataMeshPolicyServiceRef,
        policy: policyExtensionPoint,
      },
      async init({ config, dataMesh, policy }) {
        const result =
          readOtherPermissions(config) === 'allow'
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY;
        policy.setPolicy({
          handle: async (query, user) =>
            (await dataMesh.decide(query, user)) ?? { result },
        });
      },
    });
  },
});
