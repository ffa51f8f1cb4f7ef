import { GetDataLakeSettingsCommand } from '@aws-sdk/client-lakeformation';
import { LakeAdministrators, readAdministrators } from '../lake/administrators';
import { AwsClients } from './AwsClients';

/** Reads who administers Lake Formation in an account and region. */
export class AdministratorReader {
  readonly #clients: AwsClients;

  constructor(clients: AwsClients) {
    this.#clients = clients;
  }

  async read(
    accountId: string,
    region: string,
    signal?: AbortSignal,
  ): Promise<LakeAdministrators> {
    const { lakeFormation } = await this.#clients.get(accountId, region);
    const { DataLakeSettings } = await lakeFormation.send(
      new GetDataLakeSettingsCommand({ CatalogId: accountId }),
      { abortSignal: signal },
    );
    return readAdministrators(DataLakeSettings);
  }
}
