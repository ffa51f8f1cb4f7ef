import {
  GetDataCatalogEncryptionSettingsCommand,
  GetDatabaseCommand,
  GetResourcePolicyCommand,
} from '@aws-sdk/client-glue';
import {
  GetDataLakePrincipalCommand,
  GetDataLakeSettingsCommand,
  type DataLakeSettings,
} from '@aws-sdk/client-lakeformation';
import { GetResourceShareInvitationsCommand } from '@aws-sdk/client-ram';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountClients, AwsClients } from '../aws/AwsClients';
import { check, failed, isNamed, ok, unknown, warning } from './checks';
import type { DoctorSubject } from './Doctor';
import { PLANNED_ACTIONS } from './plannedActions';
import { PolicySimulator } from './PolicySimulator';
import { findIamPrincipal } from './principalChecks';
import {
  administratorExists,
  crossAccountVersion,
  defaultPermissions,
  encryptionAllowsSharing,
  isAdministrator,
  policyAllowsSharing,
} from './settingsFindings';

/** What would make plans for an account fail. One line a question. */
export async function diagnoseAccount(
  clients: AwsClients,
  subject: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check[]> {
  const { accountId, region } = subject;
  let own: AccountClients | undefined;
  let identity = '';
  const credentials = await check(
    'credentials',
    'Credentials of the account work',
    async () => {
      try {
        own = await clients.get(accountId, region);
        const { Account, Arn } = await own.sts.send(
          new GetCallerIdentityCommand({}),
          { abortSignal: signal },
        );
        identity = Arn ?? '';
        return Account === accountId
          ? ok(`Backstage acts as ${Arn}`)
          : failed(
              `The credentials for account ${accountId} belong to account ${Account}`,
              'Correct aws.accounts in the configuration',
            );
      } catch (error) {
        signal?.throwIfAborted();
        return failed(
          `The credentials do not work: ${
            error instanceof Error ? error.message : String(error)
          }`,
          `Name working credentials for account ${accountId} under aws.accounts in the configuration`,
        );
      }
    },
    signal,
  );
  if (!own || credentials.state === 'failed') return [credentials];
  return [
    credentials,
    await ofOwnPolicies(clients, identity, subject, signal),
    ...(await ofSettings(clients, own, subject, signal)),
    ...(await ofGlue(own, subject, signal)),
    ...(subject.consumes ? [await ofInvitations(own, signal)] : []),
  ];
}

/** Whether IAM lets the role that Backstage uses make the calls of plans. */
function ofOwnPolicies(
  clients: AwsClients,
  identity: string,
  { accountId, region, databases, sharesOut, consumes }: DoctorSubject,
  signal?: AbortSignal,
): Promise<Check> {
  return check(
    'iam',
    'IAM allows Backstage the calls of plans',
    async () => {
      if (identity.endsWith(':root')) {
        return warning(
          'Backstage acts as the root of the account, which may do everything',
          'Give it a role with the policy of the README of the Lake Formation module',
        );
      }
      const actions = [
        ...new Set([
          ...(databases.size > 0 ? PLANNED_ACTIONS.owner : []),
          ...(sharesOut ? PLANNED_ACTIONS.sharing : []),
          ...(consumes ? PLANNED_ACTIONS.consumer : []),
        ]),
      ];
      const arn = await ownArn(clients, identity, accountId, region, signal);
      const denied = await new PolicySimulator(clients).denied(
        { arn, accountId, region },
        actions,
        ['*'],
        signal,
      );
      // Policies for some resources only do not show here: glue's may be so.
      const surely = denied.filter(
        one => one.isExplicit || !one.action.startsWith('glue:'),
      );
      return surely.length === 0
        ? ok(`IAM allows ${arn} what plans call`)
        : failed(
            `IAM does not allow ${arn} ${surely
              .map(one => one.action)
              .join(', ')}`,
            'Add the actions to its IAM policy; the README of the Lake Formation module has the whole of it',
          );
    },
    signal,
  );
}

/** The role behind a session: its ARN has a path that the session's lacks. */
async function ownArn(
  clients: AwsClients,
  identity: string,
  accountId: string,
  region: string,
  signal?: AbortSignal,
): Promise<string> {
  const [, name] = /:assumed-role\/([^/]+)\//.exec(identity) ?? [];
  if (!name) return identity;
  const arn = await findIamPrincipal(
    clients,
    { id: `role/${name}`, accountId, region, isRole: true },
    signal,
  );
  return arn ?? identity;
}

async function ofSettings(
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

async function ofGlue(
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

function ofInvitations(
  { ram }: AccountClients,
  signal?: AbortSignal,
): Promise<Check> {
  return check(
    'invitations',
    'Invitations to resource shares can be accepted',
    async () => {
      try {
        await ram.send(new GetResourceShareInvitationsCommand({}), {
          abortSignal: signal,
        });
        return ok('Backstage sees the invitations that the account gets');
      } catch (error) {
        if (
          !(error instanceof Error) ||
          !error.name.startsWith('AccessDenied')
        ) {
          return unknown(
            `This could not be looked at: ${
              error instanceof Error ? error.message : String(error)
            }`,
          );
        }
        return failed(
          error.message,
          'Allow ram:GetResourceShareInvitations and ram:AcceptResourceShareInvitation to the role that Backstage uses in this account',
        );
      }
    },
    signal,
  );
}
