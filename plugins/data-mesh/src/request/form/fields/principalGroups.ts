import type { AvailablePrincipal } from '@lakemesh/backstage-plugin-data-mesh-common';

/** Principals of one account, or of none. */
export interface PrincipalGroup {
  accountId?: string;
  items: AvailablePrincipal[];
}

/**
 * Principals by their account, in the order in which accounts first show; those
 * of no single account, like people of Identity Center, come last.
 */
export function principalGroups(
  principals: readonly AvailablePrincipal[],
): PrincipalGroup[] {
  const groups = new Map<string, PrincipalGroup>();
  for (const one of principals) {
    const { accountId } = one.principal;
    const group = groups.get(accountId ?? '') ?? { accountId, items: [] };
    group.items.push(one);
    groups.set(accountId ?? '', group);
  }
  return [...groups.values()].sort(
    (a, b) => Number(!a.accountId) - Number(!b.accountId),
  );
}
