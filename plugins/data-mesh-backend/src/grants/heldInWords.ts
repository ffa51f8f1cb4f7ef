import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a grant or a part of one permits, and on what. */
export function heldInWords({
  permissions,
  grantable,
  resource,
}: Pick<ObservedGrant, 'permissions' | 'grantable' | 'resource'>): string {
  return permissions.length > 0
    ? `${permissions.join(', ')} on ${resource.words}`
    : `the right to pass on ${grantable.join(', ')} on ${resource.words}`;
}
