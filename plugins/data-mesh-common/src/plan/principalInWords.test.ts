import { parseAwsPrincipal } from '../model/principal';
import { principalInWords } from './principalInWords';

const read = (id: string, accountAlias?: string) => {
  const principal = parseAwsPrincipal(id);
  if (!principal) throw new Error(`${id} is no principal`);
  return { ...principal, ...(accountAlias && { accountAlias }) };
};

const IAM = 'arn:aws:iam::111122223333';

describe('principalInWords', () => {
  it.each([
    [`${IAM}:role/etl`, 'etl (111122223333)'],
    [`${IAM}:role/team/shop/etl`, 'team/shop/etl (111122223333)'],
    [`${IAM}:user/etl`, 'user etl (111122223333)'],
    [`${IAM}:saml-provider/okta:user/ana`, 'SAML user okta/ana (111122223333)'],
    [
      'arn:aws:quicksight:eu-central-1:111122223333:group/default/bi',
      'QuickSight group bi (111122223333)',
    ],
    [
      'arn:aws:quicksight:eu-central-1:111122223333:group/emea/bi',
      'QuickSight group emea/bi (111122223333)',
    ],
    ['111122223333:IAMPrincipals', 'all IAM principals (111122223333)'],
    ['111122223333', '111122223333'],
    [
      'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5',
      'o-a1b2c3d4e5',
    ],
    ['IAM_ALLOWED_PRINCIPALS', 'IAM allowed principals'],
  ])('%s is %s', (id, words) => {
    expect(principalInWords(read(id))).toBe(words);
  });

  it('leaves out the path that only AWS creates roles under', () => {
    const role = `${IAM}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ana_1`;
    expect(principalInWords(read(role))).toBe(
      'AWSReservedSSO_Ana_1 (111122223333)',
    );
  });

  it('leaves out the account that the sentence is about', () => {
    const homeAccountId = '111122223333';
    expect(principalInWords(read(`${IAM}:role/etl`), { homeAccountId })).toBe(
      'etl',
    );
  });

  it('quotes names, and says the alias of the account with its last digits', () => {
    const role = read(`${IAM}:role/team/etl`, 'analytics');
    expect(principalInWords(role, { quoted: true })).toBe(
      '`team/etl` of account `analytics …3333`',
    );
    expect(principalInWords(read('111122223333', 'analytics'))).toBe(
      'analytics …3333',
    );
  });

  it('tells apart all that share a name', () => {
    const ids = [
      `${IAM}:role/etl`,
      `${IAM}:role/a/etl`,
      `${IAM}:role/b/etl`,
      `${IAM}:user/etl`,
      `${IAM}:saml-provider/okta:user/etl`,
      `${IAM}:saml-provider/ping:user/etl`,
      // The same last digits, in another account.
      'arn:aws:iam::444422223333:role/etl',
    ];
    for (const options of [{}, { homeAccountId: '111122223333' }]) {
      const words = ids.map(id => principalInWords(read(id), options));
      expect(new Set(words).size).toBe(ids.length);
    }
  });
});
