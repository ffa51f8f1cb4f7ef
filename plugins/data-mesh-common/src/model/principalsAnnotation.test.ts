import type { Principal } from '../client/types.generated';
import { readPrincipalsAnnotation } from './principalsAnnotation';

const IAM = 'arn:aws:iam::111111111111';
const SAML = `${IAM}:saml-provider/idp:group`;
const A = `${IAM}:role/a`;
const B = `${IAM}:role/b`;

function idsOf(text: string | undefined): string[] | string {
  const read = readPrincipalsAnnotation(text);
  return read.ok ? read.principals.map(principal => principal.id) : read.reason;
}

describe('readPrincipalsAnnotation', () => {
  it.each([
    ['nothing', undefined, []],
    ['white space', ' \n ', []],
    ['one role', A, [A]],
    ['a role with a comma in its name', `${IAM}:role/a,b`, [`${IAM}:role/a,b`]],
    [
      'a SAML group with a space',
      `${SAML}/Data Analysts`,
      [`${SAML}/Data Analysts`],
    ],
    [
      'a SAML group with a comma and a space',
      `${SAML}/Data, Ops & more`,
      [`${SAML}/Data, Ops & more`],
    ],
    [
      'an attribute with a space',
      '111111111111:IAMPrincipals?department=Sales North',
      ['111111111111:IAMPrincipals?department=Sales North'],
    ],
    ['roles between spaces', `${A} ${B}`, [A, B]],
    ['roles between commas', `${A}, ${B}`, [A, B]],
    ['roles between commas alone', `${A},${B}`, [A, B]],
    ['a role and an account', `${A} 222222222222`, [A, '222222222222']],
    ['the same twice', `${A} ${A}`, [A]],
    [
      'one a line',
      `${SAML}/Data Analysts\n  ${SAML}/Ops, all\n\n${A}\n`,
      [`${SAML}/Data Analysts`, `${SAML}/Ops, all`, A],
    ],
    [
      'a JSON list',
      JSON.stringify([`${SAML}/Data, arn:aws:x`, `${IAM}:role/x,`]),
      [`${SAML}/Data, arn:aws:x`, `${IAM}:role/x,`],
    ],
    ['an empty JSON list', '[]', []],
  ])('reads %s', (_, text, expected) => {
    expect(idsOf(text)).toEqual(expected);
  });

  it.each([
    [
      'a part that is no principal',
      `${A} nonsense`,
      /'nonsense' in .* is no principal/,
    ],
    ['a line that is none', `${A}\nnonsense`, /'nonsense' is no principal/],
    [
      'two SAML groups in a line',
      `${SAML}/Data Analysts ${SAML}/Ops Team`,
      /is no principal/,
    ],
    ['a SAML group and a role in a line', `${SAML}/Data ${A}`, /unclear/],
    ['a line that ends with a comma', `${A},\n${B}`, /unclear/],
    ['a role whose name ends with a comma', `${A},`, /unclear/],
    ['two in one of several lines', `${A}\n${B} ${A}`, /unclear/],
    ['what is a role and a list', `${A},222222222222`, /unclear/],
    [
      'what is an attribute and a list',
      '111111111111:IAMPrincipals?team=x 222222222222',
      /unclear/,
    ],
    [
      'an attribute without a value',
      '111111111111:IAMPrincipals?team=',
      /no principal/,
    ],
    ['JSON that is none', `["${A}"`, /no JSON list/],
    ['JSON of other things', '[1]', /no JSON list of texts/],
    ['JSON with an object', '{"a":1}', /no principal/],
    ['a JSON list with something else', `["${A}", "x"]`, /'x' is no principal/],
  ])('refuses %s', (_, text, reason) => {
    expect(idsOf(text)).toMatch(reason);
  });

  it('takes no list of what another system calls its principals', () => {
    const read = (id: string): Principal | undefined =>
      /^team:/.test(id) ? { id, kind: 'other', name: id } : undefined;
    expect(readPrincipalsAnnotation('team:a b', read)).toMatchObject({
      ok: true,
      principals: [{ id: 'team:a b' }],
    });
    expect(readPrincipalsAnnotation('team:a team:b', read).ok).toBe(false);
    expect(readPrincipalsAnnotation('team:a\nteam:b', read)).toMatchObject({
      principals: [{ id: 'team:a' }, { id: 'team:b' }],
    });
  });
});
