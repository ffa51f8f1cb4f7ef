import {
  GetDataCatalogEncryptionSettingsCommand,
  GetDatabaseCommand,
  GetResourcePolicyCommand,
} from '@aws-sdk/client-glue';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountClients } from '../aws/AwsClients';
import type { DoctorSubject } from './DoctorSubject';
import { check, failed, isNamed, ok } from './checks';
import {
  encryptionAllowsSharing,
  policyAllowsSharing,
} from './settingsFindings';

/** What the Glue catalog of an account keeps from working. */
export async function catalogChecks(
  { glue }: AccountClients,
  { databases, sharesOut, accountId }: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check[]> {
  if (databases.size === 0) return [];
  const options = { abortSignal: signal };
  const exist = check(
    'databases',
    'The databases of the ports exist',
    async () => {
      const lost: string[] = [];
      for (const { catalogId, database } of databases.values()) {
        try {
          await glue.send(
            new GetDatabaseCommand({ CatalogId: catalogId, Name: database }),
            options,
          );
        } catch (error) {
          if (!isNamed(error, 'EntityNotFoundException')) throw error;
          lost.push(`${database} in ${catalogId}`);
        }
      }
      return lost.length === 0
        ? ok(`${[...databases.values()].map(one => one.database).join(', ')}`)
        : failed(
            `${lost.join(', ')} is not there`,
            'Create it, or correct the port of the product',
          );
    },
    signal,
  );
  if (!sharesOut) return [await exist];
  return [
    await exist,
    await check(
      'glue-policy',
      'The resource policy of Glue lets the catalog be shared',
      async () => {
        try {
          const { PolicyInJson } = await glue.send(
            new GetResourcePolicyCommand({}),
            options,
          );
          return policyAllowsSharing(PolicyInJson);
        } catch (error) {
          if (isNamed(error, 'EntityNotFoundException')) {
            return policyAllowsSharing(undefined);
          }
          throw error;
        }
      },
      signal,
    ),
    await check(
      'encryption',
      'The encryption of the catalog lets it be shared',
      async () => {
        const { DataCatalogEncryptionSettings } = await glue.send(
          new GetDataCatalogEncryptionSettingsCommand({ CatalogId: accountId }),
          options,
        );
        return encryptionAllowsSharing(
          DataCatalogEncryptionSettings?.EncryptionAtRest,
        );
      },
      signal,
    ),
  ];
}
