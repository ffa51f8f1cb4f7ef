import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import {
  RESOURCE_TYPE_ENTITLEMENT,
  RESOURCE_TYPE_REQUEST,
  dataMeshPermissions,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { entitlementResources } from '../entitlements/reading/entitlementResources';
import {
  entitlementResourceRef,
  entitlementRules,
  requestResourceRef,
  requestRules,
} from '../permissions';
import { toResource } from '../store/requests/RequestRecord';
import type { Mesh } from './composeMesh';

/** Makes permissions and rules known, so that policies may go by them. */
export function registerResources(
  registry: PermissionsRegistryService,
  { requestStore, provisioning }: Pick<Mesh, 'requestStore' | 'provisioning'>,
): void {
  registry.addPermissions(
    dataMeshPermissions.filter(permission => !isResourcePermission(permission)),
  );
  registry.addResourceType({
    resourceRef: requestResourceRef,
    permissions: dataMeshPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_REQUEST),
    ),
    rules: Object.values(requestRules),
    getResources: async ids => {
      const found = new Map(
        (await requestStore.summaries(ids)).map(request => [
          request.id,
          request,
        ]),
      );
      return ids.map(id => {
        const request = found.get(id);
        return request && toResource(request);
      });
    },
  });
  registry.addResourceType({
    resourceRef: entitlementResourceRef,
    permissions: dataMeshPermissions.filter(permission =>
      isResourcePermission(permission, RESOURCE_TYPE_ENTITLEMENT),
    ),
    rules: Object.values(entitlementRules),
    getResources: ids => entitlementResources(provisioning.entitlements, ids),
  });
}
