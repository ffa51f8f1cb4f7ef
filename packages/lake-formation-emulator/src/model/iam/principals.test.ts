import { accountOfPrincipal, isPrincipal } from './principals';

describe('principals', () => {
  it.each([
    ['arn:aws:iam::111111111111:role/path/Analyst', '111111111111'],
    ['arn:aws:iam::111111111111:user/ann', '111111111111'],
    ['arn:aws:iam::111111111111:root', '111111111111'],
    ['arn:aws:iam::111111111111:saml-provider/p:group/g', '111111111111'],
    [
      'arn:aws:quicksight:eu-west-1:111111111111:user/default/ann',
      '111111111111',
    ],
    ['111111111111', '111111111111'],
    ['111111111111:IAMPrincipals', '111111111111'],
    ['arn:aws:identitystore:::user/1-2', undefined],
    ['arn:aws:organizations::111111111111:organization/o-a', undefined],
    ['arn:aws:organizations::111111111111:ou/o-a/ou-b', undefined],
    ['IAM_ALLOWED_PRINCIPALS', undefined],
  ])('%s is one, of account %s', (identifier, account) => {
    expect(isPrincipal(identifier)).toBe(true);
    expect(accountOfPrincipal(identifier)).toBe(account);
  });

  it.each([
    '',
    'Analyst',
    '1111',
    'arn:aws:iam::111:role/Analyst',
    'arn:aws:sts::111111111111:assumed-role/Analyst/ann',
    `arn:aws:iam::111111111111:role/${'x'.repeat(255)}`,
  ])('%s is none', identifier => {
    expect(isPrincipal(identifier)).toBe(false);
  });
});
