import {
  ListLakeFormationOptInsCommand,
  type LakeFormationOptInsInfo,
  type Resource,
} from '@aws-sdk/client-lakeformation';
import { AwsClients } from '../aws/AwsClients';
import { refusedToOthers } from '../aws/NotAdministratorError';
import { Grantee } from '../model/GrantWant';
import { placeKey } from '../model/Place';
import { placeOfOptIn } from './describeOptIn';

/** AWS's maximum of a page. */
const PAGE_SIZE = 1_000;

const isOf = (
  { principalId, condition }: Grantee,
  { Principal, Condition }: LakeFormationOptInsInfo,
) =>
  Principal?.DataLakePrincipalIdentifier === principalId &&
  Condition?.Expression === condition;

/** Reads who is opted in to what. */
export class OptInReader {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  /**
   * What the grantee is opted in to, as the keys of places; of one resource
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
    const { accountId, region, grantee, resource } = query;
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const found = new Set<string>();
    let token: string | undefined;
    do {
      const page = await lakeFormation
        .send(
          new ListLakeFormationOptInsCommand({
            // By one of the two: principals are matched here in any case.
            ...(resource
              ? { Resource: resource }
              : {
                  Principal: {
                    DataLakePrincipalIdentifier: grantee.principalId,
                  },
                }),
            MaxResults: PAGE_SIZE,
            NextToken: token,
          }),
          { abortSignal: signal },
        )
        .catch(refusedToOthers(accountId));
      for (const one of page.LakeFormationOptInsInfoList ?? []) {
        const place = placeOfOptIn(one.Resource, accountId);
        if (place && isOf(grantee, one)) found.add(placeKey(place));
      }
      token = page.NextToken;
    } while (token);
    return found;
  }
}
