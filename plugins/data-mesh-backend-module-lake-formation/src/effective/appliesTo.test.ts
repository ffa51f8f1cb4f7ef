import { roleArn, ACCOUNT } from '../__testUtils__/builders';
import { readLakePrincipal } from '../lake/principals';
import { appliesTo } from './appliesTo';

const CONSUMER = '100000000001';
const read = (id: string) =>
  readLakePrincipal(id) ?? { id, kind: 'other' as const, name: id };
const grantTo = (id: string, condition?: string) => ({
  principal: read(id),
  resource: { words: 't', kind: 'table' as const, catalogId: ACCOUNT },
  permissions: ['SELECT'],
  grantable: [],
  ...(condition && { condition }),
});
const bySales =
  'context.iam.principalTags.hasTag("department") && context.iam.principalTags.getTag("department") == "sales"';

describe('a grant reaches', () => {
  it.each<[string, string, string, string | undefined, boolean]>([
    ['itself', roleArn('a'), roleArn('a'), undefined, true],
    ['another role', roleArn('a'), roleArn('b'), undefined, false],
    ['a role of the account', ACCOUNT, roleArn('a'), undefined, true],
    [
      'a role of another account',
      ACCOUNT,
      roleArn('a', CONSUMER),
      undefined,
      false,
    ],
    [
      'by all IAM principals',
      `${ACCOUNT}:IAMPrincipals`,
      roleArn('a'),
      bySales,
      true,
    ],
    [
      'by attributes, those who ask by them',
      `${ACCOUNT}:IAMPrincipals`,
      `${ACCOUNT}:IAMPrincipals?department=sales`,
      bySales,
      true,
    ],
    [
      'by attributes, not by others',
      `${ACCOUNT}:IAMPrincipals`,
      `${ACCOUNT}:IAMPrincipals?department=hr`,
      bySales,
      false,
    ],
    [
      'what is left to IAM, a role of the account',
      'IAM_ALLOWED_PRINCIPALS',
      roleArn('a'),
      undefined,
      true,
    ],
    [
      'what is left to IAM, no group of Identity Center',
      'IAM_ALLOWED_PRINCIPALS',
      'arn:aws:identitystore:::group/1',
      undefined,
      false,
    ],
    [
      'by an organization, perhaps',
      `arn:aws:organizations::${ACCOUNT}:organization/o-abcdefghij`,
      roleArn('a', CONSUMER),
      undefined,
      true,
    ],
  ])('%s', (_, holder, asked, condition, expected) => {
    expect(appliesTo(grantTo(holder, condition), read(asked))).toBe(expected);
  });
});
