import { aPrincipal } from '../testing';
import { accountAliasesOf } from './accountAliasesOf';

describe('accountAliasesOf', () => {
  it('knows the accounts that have one', () => {
    expect(
      accountAliasesOf([
        aPrincipal('a'),
        aPrincipal('b'),
        { ...aPrincipal('c'), accountId: '111111111111' },
        {
          ...aPrincipal('d'),
          accountId: '222222222222',
          accountAlias: undefined,
        },
      ]),
    ).toEqual({
      '210987654321': 'acme-lakehouse',
      '111111111111': 'acme-lakehouse',
    });
  });
});
