import { GetResourceSharesCommand, type RAMClient } from '@aws-sdk/client-ram';
import { isError } from '@backstage/errors';

/** AWS's maximum of a page. */
const PAGE_SIZE = 500;
/** How Lake Formation calls the shares that it makes. */
const BY_LAKE_FORMATION = /^LakeFormation/;

/**
 * The accounts whose catalogs are shared with an account: their owners are whom
 * its administrator passes things on from. Where RAM may not be asked there are
 * none to be known.
 */
export async function accountsSharing(
  ram: RAMClient,
  accountId: string,
  signal?: AbortSignal,
): Promise<{ accounts: string[]; calls: number }> {
  const accounts = new Set<string>();
  let calls = 0;
  let nextToken: string | undefined;
  try {
    do {
      calls += 1;
      const page = await ram.send(
        new GetResourceSharesCommand({
          resourceOwner: 'OTHER-ACCOUNTS',
          resourceShareStatus: 'ACTIVE',
          maxResults: PAGE_SIZE,
          nextToken,
        }),
        { abortSignal: signal },
      );
      for (const { name = '', owningAccountId } of page.resourceShares ?? []) {
        if (
          owningAccountId &&
          owningAccountId !== accountId &&
          BY_LAKE_FORMATION.test(name)
        ) {
          accounts.add(owningAccountId);
        }
      }
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    const isRefused = isError(error) && error.name.startsWith('AccessDenied');
    if (!isRefused) throw error;
  }
  return { accounts: [...accounts].sort(), calls };
}
