import {
  ListLakeFormationOptInsCommand,
  type LakeFormationOptInsInfo,
  type ListLakeFormationOptInsRequest,
  type Resource,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../../aws/AwsClients';
import { refusedToOthers } from '../../aws/NotAdministratorError';
import { Grantee } from '../../lake/grant';
import { granteeKey, resourceKey } from '../../lake/keys';
import { readEntry } from '../../lake/wire';
import { optInKey } from './describeOptIn';

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;

/** Reads who is opted in to what. */
export class OptInReader {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /**
   * What the grantee is opted in to, as the keys of resources; of one resource
   * where it is named.
   */
  async read(
    query: {
      accountId: string;
      region: string;
      grantee: Grantee;
      resource?: Resource;
    },
    signal?: AbortSignal,
  ): Promise<Set<string>> {
    const { accountId, grantee, resource } = query;
    const found = new Set<string>();
    const pages = this.#pages(
      query,
      // By one of the two: principals are matched here in any case.
      resource
        ? { Resource: resource }
        : {
            Principal: { DataLakePrincipalIdentifier: grantee.principalId },
          },
      signal,
    );
    for await (const page of pages) {
      for (const one of page) {
        const optIn = readEntry(one, accountId);
        if (optIn && granteeKey(optIn.grantee) === granteeKey(grantee)) {
          found.add(resourceKey(optIn.resource));
        }
      }
    }
    return found;
  }

  /**
   * Everybody's in an account, as `optInKey` makes them.
   *
   * @throws NotAdministratorError where they are not shown
   */
  async all(
    where: { accountId: string; region: string },
    signal?: AbortSignal,
  ): Promise<{ keys: Set<string>; calls: number }> {
    const keys = new Set<string>();
    let calls = 0;
    for await (const page of this.#pages(where, {}, signal)) {
      calls += 1;
      for (const one of page) {
        const optIn = readEntry(one, where.accountId);
        if (optIn) keys.add(optInKey(optIn.resource, optIn.grantee));
      }
    }
    return { keys, calls };
  }

  async *#pages(
    { accountId, region }: { accountId: string; region: string },
    of: Pick<ListLakeFormationOptInsRequest, 'Principal' | 'Resource'>,
    signal?: AbortSignal,
  ): AsyncIterable<LakeFormationOptInsInfo[]> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    let token: string | undefined;
    do {
      const page = await lakeFormation
        .send(
          new ListLakeFormationOptInsCommand({
            ...of,
            MaxResults: PAGE_SIZE,
            NextToken: token,
          }),
          { abortSignal: signal },
        )
        .catch(refusedToOthers(accountId));
      yield page.LakeFormationOptInsInfoList ?? [];
      token = page.NextToken;
    } while (token);
  }
}
