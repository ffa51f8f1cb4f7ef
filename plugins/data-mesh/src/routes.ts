import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/**
 * Discover: search over all data products. The other pages are paths below
 * it, so that one mount point serves a legacy app.
 *
 * @public
 */
export const rootRouteRef = createRouteRef({ id: 'data-mesh' });

/** Requests: to decide, mine, all. */
export const requestsRouteRef = createSubRouteRef({
  id: 'data-mesh.requests',
  parent: rootRouteRef,
  path: '/requests',
});

/** One request with its plan and history. */
export const requestRouteRef = createSubRouteRef({
  id: 'data-mesh.request',
  parent: rootRouteRef,
  path: '/requests/:id',
});

/** The form that asks for access to a product. */
export const requestFormRouteRef = createSubRouteRef({
  id: 'data-mesh.request-form',
  parent: rootRouteRef,
  path: '/request/:namespace/:name',
});

/** My access: what I hold. */
export const accessRouteRef = createSubRouteRef({
  id: 'data-mesh.access',
  parent: rootRouteRef,
  path: '/access',
});

/** One access: how to use it, its state and its history. */
export const entitlementRouteRef = createSubRouteRef({
  id: 'data-mesh.entitlement',
  parent: rootRouteRef,
  path: '/access/:id',
});

/** Grants: who holds what, why, and what differs from what was decided. */
export const grantsRouteRef = createSubRouteRef({
  id: 'data-mesh.grants',
  parent: rootRouteRef,
  path: '/grants',
});

/** Audit: who did what, and whether the trail is whole. */
export const auditRouteRef = createSubRouteRef({
  id: 'data-mesh.audit',
  parent: rootRouteRef,
  path: '/audit',
});

/** One claim of a place. */
export const claimRouteRef = createSubRouteRef({
  id: 'data-mesh.claim',
  parent: rootRouteRef,
  path: '/requests/claims/:id',
});

/** What waits to be accepted of one port. */
export const publicationRouteRef = createSubRouteRef({
  id: 'data-mesh.publication',
  parent: rootRouteRef,
  path: '/requests/publications/:id',
});
