import { accountInWords, counted, namesInWords, scopeInWords } from './words';

describe('scopeInWords', () => {
  it.each([
    [[{ table: 'orders', columns: ['a'] }], '1 column of orders'],
    [[{ table: 'orders', columns: ['a', 'b'] }], '2 columns of orders'],
    [[{ table: 'orders' }], 'all of orders'],
    [
      [{ table: 'orders', rowFilter: 'x > 1' }],
      'all of orders, rows where x > 1',
    ],
    [[{ table: 'a' }, { table: 'b' }], '2 tables'],
    [
      [{ table: 'a', columns: ['x'] }, { table: 'b' }],
      '2 tables, 1 of them by chosen columns',
    ],
  ])('%j', (tables, words) => {
    expect(scopeInWords({ level: 'read', tables })).toBe(words);
  });
});

describe('scopeInWords of what names no tables', () => {
  it.each([
    [{ tables: [], allTables: true }, 'all tables, those added later included'],
    [
      {
        tables: [],
        tagExpression: [
          { key: 'domain', values: ['sales'] },
          { key: 'zone', values: ['raw', 'curated'] },
        ],
      },
      'all that is tagged domain = sales and zone = raw or curated',
    ],
    [{ tables: [] }, 'nothing'],
  ])('%j', (scope, words) => {
    expect(scopeInWords({ level: 'read', ...scope })).toBe(words);
  });
});

describe('counted', () => {
  it.each([
    [0, '0 tables'],
    [1, '1 table'],
    [2, '2 tables'],
  ])('%s', (count, words) => expect(counted(count, 'table')).toBe(words));
});

describe('accountInWords', () => {
  it.each([
    [{}, ''],
    [{ accountId: '210987654321' }, '…4321'],
    [{ accountId: '210987654321', accountAlias: 'acme' }, 'acme …4321'],
  ])('%j', (principal, words) => expect(accountInWords(principal)).toBe(words));
});

describe('namesInWords', () => {
  it.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a` and `b`'],
    [['a', 'b', 'c', 'd'], '`a`, `b` and 2 more'],
  ])('%j', (names, words) => expect(namesInWords(names, 2)).toBe(words));
});
