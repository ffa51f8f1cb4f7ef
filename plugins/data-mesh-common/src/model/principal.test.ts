import { parseAwsPrincipal } from './principal';

const IAM = 'arn:aws:iam::210987654321';

describe('parseAwsPrincipal', () => {
  it.each([
    [`${IAM}:role/analytics-role`, 'iam-role', 'analytics-role'],
    [`${IAM}:role/team/x/analytics-role`, 'iam-role', 'analytics-role'],
    ['arn:aws-cn:iam::210987654321:role/r', 'iam-role', 'r'],
    [`${IAM}:user/ana`, 'iam-user', 'ana'],
    [`${IAM}:saml-provider/okta:user/ana@acme`, 'saml-user', 'ana@acme'],
    [`${IAM}:saml-provider/okta:group/analysts`, 'saml-group', 'analysts'],
    [
      'arn:aws:quicksight:us-east-1:210987654321:user/default/ana',
      'quicksight-user',
      'ana',
    ],
    [
      'arn:aws:quicksight:us-east-1:210987654321:group/default/g',
      'quicksight-group',
      'g',
    ],
    [
      'arn:aws:organizations::210987654321:organization/o-a1b2',
      'organization',
      'o-a1b2',
    ],
    [
      'arn:aws:organizations::210987654321:ou/o-a1b2/ou-c3-d4',
      'organizational-unit',
      'ou-c3-d4',
    ],
    ['210987654321', 'account', '210987654321'],
    ['210987654321:IAMPrincipals', 'iam-principals', 'all IAM principals'],
  ])('reads %s as %s in its account', (id, kind, name) => {
    expect(parseAwsPrincipal(id)).toEqual({
      id,
      kind,
      name,
      accountId: '210987654321',
    });
  });

  it.each([
    ['arn:aws:identitystore:::user/906-1a', 'identity-center-user', '906-1a'],
    ['arn:aws:identitystore:::group/906-1b', 'identity-center-group', '906-1b'],
    ['IAM_ALLOWED_PRINCIPALS', 'special', 'IAM allowed principals'],
    ['EVERYONE', 'special', 'IAM allowed principals'],
  ])('reads %s as %s of no account', (id, kind, name) => {
    expect(parseAwsPrincipal(id)).toEqual({ id, kind, name });
  });

  it.each([
    [''],
    ['ana'],
    ['21098765432'],
    [`${IAM}:policy/p`],
    [`${IAM}:role/`],
    ['arn:aws:iam::2109:role/r'],
    [`${IAM}:role/r `],
    [`${IAM}:role/*`],
    [`${IAM}:role/${'r'.repeat(255)}`],
    ['user:default/ana.ruiz'],
  ])('does not take %j for a principal', id => {
    expect(parseAwsPrincipal(id)).toBeUndefined();
  });
});
