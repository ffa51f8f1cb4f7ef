import {
  GetResourceShareInvitationsCommand,
  GetResourceSharesCommand,
  type RAMClient,
} from '@aws-sdk/client-ram';
import type { Resource } from '@aws-sdk/client-lakeformation';
import type { Check } from '@lakemesh/backstage-plugin-data-mesh-common';
import { AwsClients } from '../aws/AwsClients';
import { wireResource } from '../lake/wire';
import { wantedGrants } from '../scan/wantedGrants';
import type { AccessSubject } from './AccessSubject';
import { Finding, check, failed, isNamed, ok, unknown } from './checks';
import { linesOn } from './grantChecks';

/** Whether the share behind an access across accounts was accepted. */
export async function shareCheck(
  clients: AwsClients,
  subject: AccessSubject,
): Promise<Check[]> {
  const { principal, location, isAcrossAccounts, steps, signal } = subject;
  const { accountId } = principal;
  if (!isAcrossAccounts || !accountId) return [];
  return [
    await check(
      'share',
      'The resource share was accepted',
      async () => {
        const want = steps
          .filter(step => step.accountId === location.accountId)
          .flatMap(wantedGrants)
          .find(one => !one.isRevoked);
        const resource = want && listable(wireResource(want.resource));
        if (!want || !resource) {
          return unknown('No step of this access grants across accounts');
        }
        const { lakeFormation } = await clients.get(
          location.accountId,
          location.region,
        );
        const lines = await linesOn(
          lakeFormation,
          location.accountId,
          resource,
          signal,
        );
        const shares = lines
          .filter(
            line =>
              line.Principal?.DataLakePrincipalIdentifier ===
              want.grantee.principalId,
          )
          .flatMap(line => line.AdditionalDetails?.ResourceShare ?? []);
        if (shares.length === 0) {
          return unknown(
            'Lake Formation names no resource share for the grant',
          );
        }
        const { ram } = await clients.get(accountId, location.region);
        return shareIsAccepted(ram, [...new Set(shares)], accountId, signal);
      },
      signal,
    ),
  ];
}

/** Permissions on columns are listed by their table. */
function listable(resource: Resource | undefined): Resource | undefined {
  const columns = resource?.TableWithColumns;
  if (!columns) return resource;
  const { CatalogId, DatabaseName, Name } = columns;
  return { Table: { CatalogId, DatabaseName, Name } };
}

/** Whether the resource shares that carry a grant have reached the consumer. */
export async function shareIsAccepted(
  ram: RAMClient,
  shareArns: string[],
  consumerId: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const seen = await sharesSeen(ram, shareArns, signal);
  const missing = shareArns.filter(arn => !seen.has(arn));
  if (missing.length === 0) {
    return ok(`The resource share has reached account ${consumerId}`);
  }
  const statuses = await invitations(ram, missing, signal);
  for (const arn of missing) {
    const status = statuses.get(arn);
    if (status !== 'ACCEPTED') {
      return failed(
        `The resource share ${arn} has not reached account ${consumerId}: ${inWords(
          status,
        )}`,
        status === 'EXPIRED' || status === 'REJECTED'
          ? 'Press re-apply: revoking and granting again makes a new invitation, which is accepted'
          : 'Press re-apply: the invitation is accepted. If it comes back, switch on sharing with AWS Organizations in RAM',
      );
    }
  }
  return ok(`The invitation was accepted in account ${consumerId}`);
}

function inWords(status: string | undefined): string {
  switch (status) {
    case 'PENDING':
      return 'its invitation waits to be accepted';
    case 'EXPIRED':
      return 'its invitation has expired';
    case 'REJECTED':
      return 'its invitation was rejected';
    default:
      return 'RAM shows neither share nor invitation';
  }
}

async function sharesSeen(
  ram: RAMClient,
  resourceShareArns: string[],
  signal?: AbortSignal,
): Promise<Set<string>> {
  const found = new Set<string>();
  let nextToken: string | undefined;
  try {
    do {
      const page = await ram.send(
        new GetResourceSharesCommand({
          resourceOwner: 'OTHER-ACCOUNTS',
          resourceShareArns,
          nextToken,
        }),
        { abortSignal: signal },
      );
      for (const { resourceShareArn, status } of page.resourceShares ?? []) {
        if (resourceShareArn && status === 'ACTIVE')
          found.add(resourceShareArn);
      }
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    if (!isNamed(error, 'UnknownResourceException')) throw error;
  }
  return found;
}

async function invitations(
  ram: RAMClient,
  resourceShareArns: string[],
  signal?: AbortSignal,
): Promise<Map<string, string>> {
  const statuses = new Map<string, string>();
  let nextToken: string | undefined;
  try {
    do {
      const page = await ram.send(
        new GetResourceShareInvitationsCommand({
          resourceShareArns,
          nextToken,
        }),
        { abortSignal: signal },
      );
      for (const one of page.resourceShareInvitations ?? []) {
        const { resourceShareArn: arn, status = '' } = one;
        // An invitation that was accepted wins over older ones that were not.
        if (arn && statuses.get(arn) !== 'ACCEPTED') statuses.set(arn, status);
      }
      nextToken = page.nextToken;
    } while (nextToken);
  } catch (error) {
    if (!isNamed(error, 'UnknownResourceException')) throw error;
  }
  return statuses;
}
