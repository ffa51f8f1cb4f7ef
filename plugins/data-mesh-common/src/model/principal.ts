import type { Principal } from '../client/types';

// IAM names take letters, digits and +=,.@_- only; paths any printable ASCII.
const NAMED: Array<[RegExp, Principal['kind']]> = [
  [
    /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:[!-~]+\/)?([\w+=,.@-]+)$/,
    'iam-role',
  ],
  [
    /^arn:aws[\w-]*:iam::(\d{12}):user\/(?:[!-~]+\/)?([\w+=,.@-]+)$/,
    'iam-user',
  ],
  [
    /^arn:aws[\w-]*:iam::(\d{12}):saml-provider\/[^:/]+:user\/(.+)$/,
    'saml-user',
  ],
  [
    /^arn:aws[\w-]*:iam::(\d{12}):saml-provider\/[^:/]+:group\/(.+)$/,
    'saml-group',
  ],
  [
    /^arn:aws[\w-]*:quicksight:[\w-]+:(\d{12}):user\/[^/]+\/(.+)$/,
    'quicksight-user',
  ],
  [
    /^arn:aws[\w-]*:quicksight:[\w-]+:(\d{12}):group\/[^/]+\/(.+)$/,
    'quicksight-group',
  ],
  [
    /^arn:aws[\w-]*:organizations::(\d{12}):organization\/(o-[a-z0-9]+)$/,
    'organization',
  ],
  [
    /^arn:aws[\w-]*:organizations::(\d{12}):ou\/o-[a-z0-9]+\/(ou-[a-z0-9-]+)$/,
    'organizational-unit',
  ],
];

/**
 * Reads a principal as Lake Formation writes it on the wire
 * (`DataLakePrincipalIdentifier`: ARNs, 12-digit accounts,
 * `ACCOUNT:IAMPrincipals`, `IAM_ALLOWED_PRINCIPALS`).
 *
 * @returns undefined where the text is none of these
 * @public
 */
export function parseAwsPrincipal(id: string): Principal | undefined {
  if (id.length === 0 || id.length > 255) return undefined;
  for (const [pattern, kind] of NAMED) {
    const match = pattern.exec(id);
    if (match) return { id, kind, name: match[2], accountId: match[1] };
  }
  if (/^\d{12}$/.test(id)) {
    return { id, kind: 'account', name: id, accountId: id };
  }
  const iamPrincipals = /^(\d{12}):IAMPrincipals$/.exec(id);
  if (iamPrincipals) {
    return {
      id,
      kind: 'iam-principals',
      name: 'all IAM principals',
      accountId: iamPrincipals[1],
    };
  }
  const identityStore =
    /^arn:aws[\w-]*:identitystore:::(user|group)\/(.+)$/.exec(id);
  if (identityStore) {
    return {
      id,
      kind:
        identityStore[1] === 'user'
          ? 'identity-center-user'
          : 'identity-center-group',
      name: identityStore[2],
    };
  }
  if (id === 'IAM_ALLOWED_PRINCIPALS' || id === 'EVERYONE') {
    return { id, kind: 'special', name: 'IAM allowed principals' };
  }
  return undefined;
}
