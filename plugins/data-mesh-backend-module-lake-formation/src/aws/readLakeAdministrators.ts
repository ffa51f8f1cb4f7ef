import { GetDataLakeSettingsCommand } from '@aws-sdk/client-lakeformation';
import { LakeAdministrators, readAdministrators } from '../lake/administrators';
import { AwsClients } from './AwsClients';

/** Reads who administers Lake Formation in an account and region. */
export async function readLakeAdministrators(
  clients: AwsClients,
  accountId: string,
  region: string,
  signal?: AbortSignal,
): Promise<LakeAdministrators> {
  const { lakeFormation } = await clients.get(accountId, region);
  const { DataLakeSettings } = await lakeFormation.send(
    new GetDataLakeSettingsCommand({ CatalogId: accountId }),
    { abortSignal: signal },
  );
  return readAdministrators(DataLakeSettings);
}
