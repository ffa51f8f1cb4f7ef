import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CatalogStanding } from './CatalogStanding';
import { PortalPermissionPolicy } from './PortalPermissionPolicy';

/** Gives the portal its permission policy. */
export const permissionPolicyModule = createBackendModule({
  pluginId: 'permission',
  moduleId: 'portal-policy',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ auth, catalog, policy, userInfo }) {
        const standing = new CatalogStanding({ auth, catalog, userInfo });
        policy.setPolicy(
          new PortalPermissionPolicy({ standing: user => standing.of(user) }),
        );
      },
    });
  },
});
