import { anEntitlement, aPrincipal, aProduct, inDays } from '../testing';
import { placeOf } from './dataPlace';
import {
  filterEntitlements,
  groupByProduct,
  needingAttention,
} from './entitlementGroups';

describe('groupByProduct', () => {
  it('groups by product, by title, with what is urgent first', () => {
    const groups = groupByProduct([
      anEntitlement({ id: 'late', expiresAt: inDays(90) }),
      anEntitlement({ id: 'never', expiresAt: undefined }),
      anEntitlement({ id: 'soon', expiresAt: inDays(2) }),
      anEntitlement({ id: 'broken', state: 'failed' }),
      anEntitlement({
        id: 'a',
        productRef: 'dataproduct:default/a',
        productTitle: 'A',
      }),
    ]);
    expect(groups.map(group => group.productTitle)).toEqual([
      'A',
      'Customer 360',
    ]);
    expect(groups[1].items.map(item => item.id)).toEqual([
      'broken',
      'soon',
      'late',
      'never',
    ]);
  });

  it('puts what ended last first among what is over', () => {
    const [group] = groupByProduct([
      anEntitlement({ id: 'old', state: 'expired', endedAt: inDays(-20) }),
      anEntitlement({ id: 'new', state: 'revoked', endedAt: inDays(-1) }),
    ]);
    expect(group.items.map(item => item.id)).toEqual(['new', 'old']);
  });
});

describe('needingAttention', () => {
  it('finds what failed and what ends within 14 days', () => {
    const { failed, endingSoon } = needingAttention(
      [
        anEntitlement({ id: 'ok', expiresAt: inDays(15) }),
        anEntitlement({ id: 'in-13', expiresAt: inDays(13) }),
        anEntitlement({ id: 'in-1', expiresAt: inDays(1) }),
        anEntitlement({ id: 'going', state: 'revoking', expiresAt: inDays(1) }),
        anEntitlement({ id: 'broken', state: 'failed' }),
      ],
      Date.now(),
    );
    expect(failed.map(one => one.id)).toEqual(['broken']);
    expect(endingSoon.map(one => one.id)).toEqual(['in-1', 'in-13']);
  });
});

describe('filterEntitlements', () => {
  const items = [
    anEntitlement({ id: 'a' }),
    anEntitlement({ id: 'b', principal: aPrincipal('risk-role') }),
  ];
  it.each([
    ['', ['a', 'b']],
    ['RISK', ['b']],
    ['segment risk', ['b']],
    ['nothing', []],
  ])('finds with “%s” %j', (text, ids) => {
    expect(filterEntitlements(items, text).map(one => one.id)).toEqual(ids);
  });
});

describe('placeOf', () => {
  it('names database and tables as the port says them', () => {
    expect(placeOf(aProduct(), anEntitlement())).toEqual({
      account: '210987654321',
      region: 'eu-central-1',
      database: 'crm',
      tables: ['profiles'],
    });
  });

  it('knows nothing of a port that is gone', () => {
    expect(
      placeOf(aProduct(), anEntitlement({ port: 'gone' })),
    ).toBeUndefined();
  });
});
