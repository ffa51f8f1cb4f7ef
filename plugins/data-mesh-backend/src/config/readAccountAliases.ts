import type { Config } from '@backstage/config';

/** Names of accounts as people know them, by account id. */
export type AccountAliases = ReadonlyMap<string, string>;

/** Reads `dataMesh.accounts`. */
export function readAccountAliases(root: Config): AccountAliases {
  const accounts = root.getOptionalConfigArray('dataMesh.accounts') ?? [];
  return new Map(
    accounts.map(account => [
      // YAML reads an unquoted account id as a number.
      String(account.get('accountId')),
      account.getString('alias'),
    ]),
  );
}
