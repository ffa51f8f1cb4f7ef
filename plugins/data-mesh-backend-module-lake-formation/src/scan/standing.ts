import { principalInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { LakeAdministrators } from '../lake/administrators';
import { isIamAllowedPrincipals } from '../lake/principals';

/** Why a grant needs no entitlement, in words. Pure. */
export function standingOf(
  { principal, resource, permissions }: ObservedGrant,
  settings: LakeAdministrators | undefined,
  accountId?: string,
): { kind: 'administrator' | 'unrestricted'; words: string } | undefined {
  if (isIamAllowedPrincipals(principal.id)) {
    return {
      kind: 'unrestricted',
      words: `IAM_ALLOWED_PRINCIPALS holds permissions on ${resource.words}: Lake Formation leaves access to IAM there`,
    };
  }
  if (accountId && principal.id.endsWith(`:iam::${accountId}:root`)) {
    return {
      kind: 'administrator',
      words: 'The root of the account administers all of it',
    };
  }
  const who = principalInWords(principal, { homeAccountId: accountId });
  if (settings?.administrators.has(principal.id)) {
    return {
      kind: 'administrator',
      words: `${who} is a data lake administrator of the account`,
    };
  }
  // A read-only administrator may describe everything; more was granted.
  const describesOnly = permissions.every(one => one === 'DESCRIBE');
  return settings?.readOnly.has(principal.id) && describesOnly
    ? {
        kind: 'administrator',
        words: `${who} is a read-only administrator of the account`,
      }
    : undefined;
}
