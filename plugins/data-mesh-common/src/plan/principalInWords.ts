import type { Principal } from '../client/types.generated';
import { accountInWords } from './words';

/** Most are roles; what is not says what it is. */
const KIND_WORDS: Partial<Record<Principal['kind'], string>> = {
  'iam-user': 'user',
  'saml-user': 'SAML user',
  'saml-group': 'SAML group',
  'quicksight-user': 'QuickSight user',
  'quicksight-group': 'QuickSight group',
};

/** Kinds whose names are those of one account only. */
const OF_AN_ACCOUNT = new Set<Principal['kind']>([
  'iam-role',
  'iam-user',
  'saml-user',
  'saml-group',
  'quicksight-user',
  'quicksight-group',
  'iam-principals',
]);

/**
 * What stands between the account and the name: the path of a role or user, the
 * SAML provider, the namespace of QuickSight.
 */
const QUALIFIERS: RegExp[] = [
  /^arn:aws[\w-]*:iam::\d{12}:(?:role|user)\/([!-~]+\/)[^/]+$/,
  /^arn:aws[\w-]*:iam::\d{12}:saml-provider\/([^:/]+):(?:user|group)\//,
  /^arn:aws[\w-]*:quicksight:[\w-]+:\d{12}:(?:user|group)\/([^/]+\/)/,
];

/** Only AWS creates roles there, and nobody chooses to. */
const RESERVED = /^aws-reserved\//;

function qualifiedName({ id, name, kind }: Principal): string {
  const qualifier = QUALIFIERS.flatMap(one => one.exec(id)?.[1] ?? []).at(0);
  if (!qualifier || RESERVED.test(qualifier)) return name;
  if (kind.startsWith('quicksight') && qualifier === 'default/') return name;
  return `${qualifier.replace(/\/$/, '')}/${name}`;
}

/**
 * A principal in a sentence, so that no two read the same: its path and, unless
 * the sentence is about that account, its account. Like
 * `etl/loader (analytics …4471)`, or quoted
 * "etl/loader of account analytics …4471", both in backticks. An account without an alias
 * is told by all of its digits.
 *
 * @public
 */
export function principalInWords(
  principal: Principal,
  options: {
    /** The account that the words are about; a principal of it does not say so. */
    homeAccountId?: string;
    /** Names between backticks, as words of plans have them. */
    quoted?: boolean;
  } = {},
): string {
  const { kind, accountId, accountAlias } = principal;
  const isAccount = kind === 'account';
  const name =
    isAccount && accountAlias
      ? accountInWords(principal)
      : qualifiedName(principal);
  const what = KIND_WORDS[kind];
  const words = `${what ? `${what} ` : ''}${
    options.quoted ? `\`${name}\`` : name
  }`;
  if (
    !accountId ||
    !OF_AN_ACCOUNT.has(kind) ||
    accountId === options.homeAccountId
  ) {
    return words;
  }
  const account = accountAlias ? accountInWords(principal) : accountId;
  return options.quoted
    ? `${words} of account \`${account}\``
    : `${words} (${account})`;
}
