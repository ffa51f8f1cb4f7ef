import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import { grantInWords } from './DriftRow';

const aPart = (part: Partial<ObservedGrant>): ObservedGrant => ({
  principal: { id: 'fake:ana', kind: 'other', name: 'ana' },
  resource: { words: 'sales.orders' },
  permissions: ['SELECT'],
  grantable: [],
  ...part,
});

describe('grantInWords', () => {
  it.each<[string, Partial<ObservedGrant>, string]>([
    ['what is held', {}, 'ana holds SELECT on sales.orders'],
    [
      'the columns once, as the system names them',
      { resource: { words: 'sales.orders (email)', columns: ['email'] } },
      'ana holds SELECT on sales.orders (email)',
    ],
    [
      'the right to pass it on, and the condition',
      { grantable: ['SELECT'], condition: "country = 'DE'" },
      "ana holds SELECT on sales.orders, may pass on SELECT, where country = 'DE'",
    ],
    [
      'a part that is the right to pass on alone',
      { permissions: [], grantable: ['SELECT'] },
      'ana may pass on SELECT on sales.orders',
    ],
  ])('names %s', (_, part, words) => {
    expect(grantInWords(aPart(part))).toBe(words);
  });
});
