import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of requests in permission rules. @public */
export const RESOURCE_TYPE_REQUEST = 'data-mesh-request';
/** Resource type of entitlements in permission rules. @public */
export const RESOURCE_TYPE_ENTITLEMENT = 'data-mesh-entitlement';

/** Ask for access. @public */
export const requestCreatePermission = createPermission({
  name: 'data-mesh.request.create',
  attributes: { action: 'create' },
});
/** Ask for principals that are not one's own. @public */
export const requestForOthersPermission = createPermission({
  name: 'data-mesh.request.for-others',
  attributes: { action: 'create' },
});
/** See a request. @public */
export const requestReadPermission = createPermission({
  name: 'data-mesh.request.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_REQUEST,
});
/** Decide a request whose stage names the user. @public */
export const requestDecidePermission = createPermission({
  name: 'data-mesh.request.decide',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_REQUEST,
});
/** Take one's own request back. @public */
export const requestWithdrawPermission = createPermission({
  name: 'data-mesh.request.withdraw',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_REQUEST,
});
/** See an entitlement. @public */
export const entitlementReadPermission = createPermission({
  name: 'data-mesh.entitlement.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Accept and send back what waits of products, where it is one's turn. @public */
export const publicationDecidePermission = createPermission({
  name: 'data-mesh.publication.decide',
  attributes: { action: 'update' },
});
/** End an entitlement on one's own product. @public */
export const entitlementRevokePermission = createPermission({
  name: 'data-mesh.entitlement.revoke',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Hand one's own entitlement back. @public */
export const entitlementRelinquishPermission = createPermission({
  name: 'data-mesh.entitlement.relinquish',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Take a part of one's own access away, or that on one's own product. @public */
export const entitlementNarrowPermission = createPermission({
  name: 'data-mesh.entitlement.narrow',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Make the system hold again what was approved. @public */
export const entitlementReapplyPermission = createPermission({
  name: 'data-mesh.entitlement.reapply',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Get temporary credentials of one's own active entitlement. @public */
export const credentialsVendPermission = createPermission({
  name: 'data-mesh.credentials.vend',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENTITLEMENT,
});
/** Re-apply, adopt or revoke what differs; start and release scans. @public */
export const driftResolvePermission = createPermission({
  name: 'data-mesh.drift.resolve',
  attributes: { action: 'update' },
});
/** See what would make plans fail. @public */
export const doctorReadPermission = createPermission({
  name: 'data-mesh.doctor.read',
  attributes: { action: 'read' },
});
/** Let who has taken over a trusted name stand behind it. @public */
export const nameAcceptPermission = createPermission({
  name: 'data-mesh.name.accept',
  attributes: { action: 'update' },
});
/** See what the provisioner's system holds. @public */
export const grantsReadPermission = createPermission({
  name: 'data-mesh.grants.read',
  attributes: { action: 'read' },
});
/** Read and verify the audit trail. @public */
export const auditReadPermission = createPermission({
  name: 'data-mesh.audit.read',
  attributes: { action: 'read' },
});
/** Claim places for one's own domain, hand them on and give them back. @public */
export const placeClaimPermission = createPermission({
  name: 'data-mesh.place.claim',
  attributes: { action: 'create' },
});
/** Decide who holds which place. Only governance can use it. @public */
export const placeDecidePermission = createPermission({
  name: 'data-mesh.place.decide',
  attributes: { action: 'update' },
});

/** All permissions of the plugin. @public */
export const dataMeshPermissions = [
  requestCreatePermission,
  requestForOthersPermission,
  requestReadPermission,
  requestDecidePermission,
  requestWithdrawPermission,
  publicationDecidePermission,
  entitlementReadPermission,
  entitlementRevokePermission,
  entitlementRelinquishPermission,
  entitlementNarrowPermission,
  entitlementReapplyPermission,
  credentialsVendPermission,
  driftResolvePermission,
  doctorReadPermission,
  nameAcceptPermission,
  grantsReadPermission,
  auditReadPermission,
  placeClaimPermission,
  placeDecidePermission,
];
