/** The pseudo-principal that stands for "Lake Formation does not restrict". */
export const IAM_ALLOWED_PRINCIPALS = 'IAM_ALLOWED_PRINCIPALS';

const ACCOUNT_ID = /^\d{12}$/;

export const isAccountId = (text: string) => ACCOUNT_ID.test(text);

/** Every shape of principal that Lake Formation takes on the wire. */
const PRINCIPAL_SHAPES = [
  /^arn:aws:iam::(\d{12}):(role|user)\/[\w+=,.@/-]+$/,
  /^arn:aws:iam::(\d{12}):root$/,
  /^arn:aws:iam::(\d{12}):saml-provider\/[\w.-]+:(user|group)\/.+$/,
  /^arn:aws:quicksight:[a-z0-9-]+:(\d{12}):(user|group)\/.+$/,
  /^arn:aws:organizations::\d{12}:(organization|ou)\/o-.+$/,
  /^arn:aws:identitystore:::(user|group)\/.+$/,
  /^(\d{12}):IAMPrincipals$/,
  /^\d{12}$/,
];

export const isPrincipal = (identifier: string) =>
  identifier === IAM_ALLOWED_PRINCIPALS ||
  (identifier.length <= 255 &&
    PRINCIPAL_SHAPES.some(shape => shape.test(identifier)));

/**
 * The account a principal lives in; undefined where it is not bound to one
 * (IAM_ALLOWED_PRINCIPALS, Identity Center).
 */
export function accountOfPrincipal(identifier: string): string | undefined {
  if (isAccountId(identifier)) return identifier;
  return /^(\d{12}):IAMPrincipals$|^arn:aws:(?:iam|sts|quicksight):[a-z0-9-]*:(\d{12}):/
    .exec(identifier)
    ?.slice(1)
    .find(Boolean);
}

export const isOrganization = (identifier: string) =>
  identifier.startsWith('arn:aws:organizations::');

/** EVERYONE is the old name of IAM_ALLOWED_PRINCIPALS, still taken when revoking. */
export const withoutAlias = (identifier: string) =>
  identifier === 'EVERYONE' ? IAM_ALLOWED_PRINCIPALS : identifier;

/** The group of all IAM principals of an account. */
export const iamPrincipalsOf = (accountId: string) =>
  `${accountId}:IAMPrincipals`;

export const rootOf = (accountId: string) => `arn:aws:iam::${accountId}:root`;
