import {
  ListPermissionsCommand,
  type LakeFormationClient,
  type PrincipalResourcePermissions,
} from '@aws-sdk/client-lakeformation';

/** AWS's maximum. */
const MAX_PAGE_SIZE = 1_000;

export interface PageOptions {
  /** Less than AWS's maximum. */
  pageSize?: number;
  signal?: AbortSignal;
}

/** All permissions of an account's catalog, page by page. */
export async function* permissionPages(
  client: LakeFormationClient,
  catalogAccountId: string,
  { pageSize = MAX_PAGE_SIZE, signal }: PageOptions,
): AsyncIterable<PrincipalResourcePermissions[]> {
  let token: string | undefined;
  do {
    signal?.throwIfAborted();
    const { PrincipalResourcePermissions: lines = [], NextToken: next } =
      await client.send(
        new ListPermissionsCommand({
          CatalogId: catalogAccountId,
          MaxResults: pageSize,
          NextToken: token,
        }),
        { abortSignal: signal },
      );
    yield lines;
    if (next !== undefined && next === token) {
      throw new Error(
        `Lake Formation gave the same page of permissions of account ${catalogAccountId} twice; the scan would not end`,
      );
    }
    token = next;
  } while (token);
}
