import type { Principal } from '../client/types.generated';

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

/** What IAM takes for keys and values of tags. */
const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+@-]+$/u;

/**
 * Reads all IAM principals of an account, or those whose attributes are as
 * wanted: `123456789012:IAMPrincipals?department=Sales North&level=senior`.
 * AWS has the account and the attributes apart; this is how they are written
 * as one text. A `=` in a key is written `%3D`.
 *
 * @returns undefined where the text is none of these
 * @public
 */
export function readIamPrincipals(
  id: string,
):
  | { accountId: string; attributes: Array<[key: string, value: string]> }
  | undefined {
  const match = /^(\d{12}):IAMPrincipals(?:\?(.+))?$/u.exec(id);
  if (!match || id.length > 255) return undefined;
  const [, accountId, text] = match;
  if (text === undefined) return { accountId, attributes: [] };
  const attributes: Array<[string, string]> = [];
  for (const pair of text.split('&')) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, Math.max(0, at)).replaceAll('%3D', '=');
    const value = pair.slice(at + 1).replaceAll('%3D', '=');
    if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value)) return undefined;
    if (key.length > 128 || value.length > 256) return undefined;
    attributes.push([key, value]);
  }
  return { accountId, attributes };
}

/**
 * Reads a principal as Lake Formation writes it on the wire
 * (`DataLakePrincipalIdentifier`: ARNs, 12-digit accounts,
 * `ACCOUNT:IAMPrincipals`, `IAM_ALLOWED_PRINCIPALS`), and IAM principals by
 * attributes, see {@link readIamPrincipals}.
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
  const iamPrincipals = readIamPrincipals(id);
  if (iamPrincipals) {
    const { accountId, attributes } = iamPrincipals;
    const wanted = attributes.map(([key, value]) => `${key} ${value}`);
    return {
      id,
      kind: 'iam-principals',
      name:
        wanted.length > 0
          ? `IAM principals with ${wanted.join(' and ')}`
          : 'all IAM principals',
      accountId,
    };
  }
  const identityStore =
    /^arn:aws[\w-]*:identitystore:::(user|group)\/([\w-]+)$/.exec(id);
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
