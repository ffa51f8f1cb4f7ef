import type {
  Entitlement,
  Me,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Whether somebody asked for an access, or may act as who holds it. */
export function isHeldBy(
  me: Me | undefined,
  entitlement: Entitlement,
): boolean {
  return (
    entitlement.requesterRef === me?.userRef ||
    Boolean(
      me?.principals.some(
        ({ principal }) => principal.id === entitlement.principal.id,
      ),
    )
  );
}
