import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_ENTITLEMENT,
  RESOURCE_TYPE_REQUEST,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What permission rules may ask about a request.
 *
 * @public
 */
export interface RequestResource {
  id: string;
  requesterRef: string;
  productOwnerRef: string;
  domainRef?: string;
  /** Approvers of all its stages. */
  approverRefs: readonly string[];
}

/**
 * What permission rules may ask about an entitlement.
 *
 * @public
 */
export interface EntitlementResource {
  id: string;
  requesterRef: string;
  productOwnerRef: string;
  domainRef?: string;
  /** Id of the principal that holds it. */
  principal: string;
}

/**
 * One condition on a list: the named fact is one of the values.
 *
 * @public
 */
export interface ResourceFilter {
  fact:
    | 'requesterRef'
    | 'productOwnerRef'
    | 'domainRef'
    | 'approverRefs'
    | 'principal';
  values: string[];
}

/**
 * Requests as a resource of permissions.
 *
 * @public
 */
export const requestResourceRef = createPermissionResourceRef<
  RequestResource,
  ResourceFilter
>().with({ pluginId: 'data-mesh', resourceType: RESOURCE_TYPE_REQUEST });

/**
 * Entitlements as a resource of permissions.
 *
 * @public
 */
export const entitlementResourceRef = createPermissionResourceRef<
  EntitlementResource,
  ResourceFilter
>().with({ pluginId: 'data-mesh', resourceType: RESOURCE_TYPE_ENTITLEMENT });
