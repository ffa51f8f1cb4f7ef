import type { Principal, Sentence } from '../client/types.generated';
import { sentence, type SentenceCode } from '../sentences';
import { accountInWords } from './words';

/** Most are roles; what is not says what it is. */
const KIND_WORDS = {
  'iam-user': 'principal.iamUser',
  'saml-user': 'principal.samlUser',
  'saml-group': 'principal.samlGroup',
  'quicksight-user': 'principal.quickSightUser',
  'quicksight-group': 'principal.quickSightGroup',
} as const satisfies Partial<Record<Principal['kind'], SentenceCode>>;

const isNamedByKind = (
  kind: Principal['kind'],
): kind is keyof typeof KIND_WORDS => kind in KIND_WORDS;

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
export function principalSentence(
  principal: Principal,
  options: {
    /** The account that the words are about; a principal of it does not say so. */
    homeAccountId?: string;
    /** Names between backticks, as words of plans have them. */
    quoted?: boolean;
  } = {},
): Sentence {
  const { kind, accountId, accountAlias } = principal;
  const plain =
    kind === 'account' && accountAlias
      ? accountInWords(principal)
      : qualifiedName(principal);
  const name = options.quoted ? `\`${plain}\`` : plain;
  const words = isNamedByKind(kind)
    ? sentence(KIND_WORDS[kind], { name })
    : { text: name };
  if (
    !accountId ||
    !OF_AN_ACCOUNT.has(kind) ||
    accountId === options.homeAccountId
  ) {
    return words;
  }
  const account = accountAlias ? accountInWords(principal) : accountId;
  return sentence(
    options.quoted ? 'principal.ofAccount' : 'principal.inAccount',
    { principal: words, account },
  );
}

/**
 * The English of {@link principalSentence}.
 *
 * @public
 */
export function principalInWords(
  ...args: Parameters<typeof principalSentence>
): string {
  return principalSentence(...args).text;
}
