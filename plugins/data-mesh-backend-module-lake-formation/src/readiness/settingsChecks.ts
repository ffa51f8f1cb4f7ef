import {
  GetDataLakePrincipalCommand,
  GetDataLakeSettingsCommand,
  type DataLakeSettings,
} from '@aws-sdk/client-lakeformation';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountClients, AwsClients } from '../aws/AwsClients';
import { findIamPrincipal } from '../port/findIamPrincipal';
import type { DoctorSubject } from './DoctorSubject';
import { check, failed, ok } from './checks';
import {
  administratorExists,
  crossAccountVersion,
  defaultPermissions,
  isAdministrator,
} from './settingsFindings';

/** What the settings of Lake Formation in an account keep from working. */
export async function settingsChecks(
  clients: AwsClients,
  { lakeFormation }: AccountClients,
  subject: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check[]> {
  const { accountId, sharesOut, consumes } = subject;
  const options = { abortSignal: signal };
  let settings: DataLakeSettings | undefined;
  const administrator = await check(
    'administrator',
    'Backstage is a data lake administrator',
    async () => {
      const answer = await lakeFormation.send(
        new GetDataLakeSettingsCommand({ CatalogId: accountId }),
        options,
      );
      settings = answer.DataLakeSettings ?? {};
      const { Identity } = await lakeFormation.send(
        new GetDataLakePrincipalCommand({}),
        options,
      );
      return isAdministrator(settings, Identity, consumes);
    },
    signal,
  );
  if (!settings) return [administrator];
  const found = settings;
  return [
    administrator,
    await check(
      'administrators-exist',
      'All data lake administrators exist',
      () => administratorsExist(clients, subject, found, signal),
      signal,
    ),
    ...(consumes
      ? [
          await check(
            'consumer-administrator',
            'The account has a data lake administrator',
            async () => administratorExists(found),
            signal,
          ),
        ]
      : []),
    ...(sharesOut
      ? [
          await check(
            'cross-account-version',
            'The cross-account version lets other accounts be granted to',
            async () => crossAccountVersion(found),
            signal,
          ),
        ]
      : []),
    ...(subject.databases.size > 0
      ? [
          await check(
            'default-permissions',
            'New databases and tables are restricted',
            async () => defaultPermissions(found),
            signal,
          ),
        ]
      : []),
  ];
}

/** A deleted role among the administrators makes every change of them fail. */
async function administratorsExist(
  clients: AwsClients,
  { accountId, region }: DoctorSubject,
  { DataLakeAdmins = [], ReadOnlyAdmins = [] }: DataLakeSettings,
  signal?: AbortSignal,
) {
  const lost: string[] = [];
  for (const { DataLakePrincipalIdentifier: id } of [
    ...DataLakeAdmins,
    ...ReadOnlyAdmins,
  ]) {
    const [, owner, kind] =
      /^arn:[\w-]+:iam::(\d{12}):(role|user)\//.exec(id ?? '') ?? [];
    if (!id || owner !== accountId) continue;
    const isRole = kind === 'role';
    const found = await findIamPrincipal(
      clients,
      { id, accountId, region, isRole },
      signal,
    );
    if (!found) lost.push(id);
  }
  return lost.length === 0
    ? ok('Every administrator exists')
    : failed(
        `${lost.join(
          ', ',
        )} does not exist any more, and while it is listed every change of the settings fails with "Invalid principal"`,
        'Have it removed from the data lake administrators',
      );
}
