import type { Principal } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The aliases of accounts, as far as principals tell them. */
export function accountAliasesOf(
  principals: readonly Principal[],
): Record<string, string> {
  return Object.fromEntries(
    principals.flatMap(({ accountId, accountAlias }) =>
      accountId && accountAlias ? [[accountId, accountAlias]] : [],
    ),
  );
}
