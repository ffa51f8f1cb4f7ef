import { GetResourceShareInvitationsCommand } from '@aws-sdk/client-ram';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountClients, AwsClients } from '../aws/AwsClients';
import type { DoctorSubject } from './DoctorSubject';
import { catalogChecks } from './catalogChecks';
import { check, failed, isDenied, ok, reasonOf } from './checks';
import { ownPolicyChecks } from './ownPolicyChecks';
import { settingsChecks } from './settingsChecks';

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
          `The credentials do not work: ${reasonOf(error)}`,
          `Name working credentials for account ${accountId} under aws.accounts in the configuration`,
        );
      }
    },
    signal,
  );
  if (!own || credentials.state === 'failed') return [credentials];
  return [
    credentials,
    ...(await ownPolicyChecks(clients, identity, subject, signal)),
    ...(await settingsChecks(clients, own, subject, signal)),
    ...(await catalogChecks(own, subject, signal)),
    ...(subject.consumes ? [await ofInvitations(own, signal)] : []),
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
        if (!isDenied(error)) throw error;
        return failed(
          reasonOf(error),
          'Allow ram:GetResourceShareInvitations and ram:AcceptResourceShareInvitation to the role that Backstage uses in this account',
        );
      }
    },
    signal,
  );
}
