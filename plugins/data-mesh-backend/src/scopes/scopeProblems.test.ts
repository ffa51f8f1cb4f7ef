import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import { aProduct } from '../testing/meshFixture';
import { scopeProblems, type ScopeServer } from './scopeProblems';

const [port] = aProduct().spec.outputPorts;
const all: ScopeServer = {
  title: 'Fake lake',
  capabilities: {
    columns: true,
    rowFilters: true,
    levels: ['read', 'append'],
    allTables: true,
    tagExpressions: true,
  },
};
const tablesOnly: ScopeServer = {
  title: 'Fake lake',
  capabilities: { columns: false, rowFilters: false, levels: ['read'] },
};
const scope = (change: Partial<AccessScope>): AccessScope => ({
  level: 'read',
  tables: [],
  ...change,
});
const byTag = (key: string, ...values: string[]) => ({ key, values });

describe('scopeProblems', () => {
  it('reads a filter also where nobody knows the columns', () => {
    const wanted = (rowFilter: string) =>
      scope({ tables: [{ table: 'any', rowFilter }] });
    expect(scopeProblems(wanted('a = 1'), undefined, all)).toEqual([]);
    expect(scopeProblems(wanted('a = b'), undefined, all)).toEqual([
      {
        field: 'scope.tables[0].rowFilter',
        reason: expect.stringMatching(/found b at position 5/),
      },
    ]);
  });

  it.each<[string, AccessScope]>([
    ['tables', scope({ tables: [{ table: 'orders' }] })],
    [
      'a table by rows',
      scope({ tables: [{ table: 'orders', rowFilter: 'amount > 1' }] }),
    ],
    ['all tables', scope({ allTables: true })],
    ['tags', scope({ tagExpression: [byTag('a', 'x', 'y'), byTag('b', 'x')] })],
    [
      'tables, with what is nothing beside them',
      scope({
        tables: [{ table: 'orders' }],
        allTables: false,
        tagExpression: [],
      }),
    ],
  ])('finds nothing wrong with %s where it is offered', (_, wanted) => {
    expect(scopeProblems(wanted, port, all)).toEqual([]);
  });

  it.each<[string, AccessScope, string, RegExp]>([
    ['nothing', scope({}), 'scope.tables', /no table is chosen/],
    [
      'an empty expression',
      scope({ tagExpression: [] }),
      'scope.tagExpression',
      /names no tag/,
    ],
    [
      'tables and all of them',
      scope({ tables: [{ table: 'orders' }], allTables: true }),
      'scope.allTables',
      /beside tables \(all of orders\)/,
    ],
    [
      'tables and tags',
      scope({
        tables: [{ table: 'orders' }],
        tagExpression: [byTag('a', 'x')],
      }),
      'scope.tagExpression',
      /beside tables/,
    ],
    [
      'all tables and tags',
      scope({ allTables: true, tagExpression: [byTag('a', 'x')] }),
      'scope.tagExpression',
      /beside all tables/,
    ],
    [
      'a tag without a key',
      scope({ tagExpression: [byTag(' ', 'x')] }),
      'scope.tagExpression[0].key',
      /is empty/,
    ],
    [
      'a tag without values',
      scope({ tagExpression: [byTag('a', 'x'), byTag('b')] }),
      'scope.tagExpression[1].values',
      /no value of 'b'/,
    ],
    [
      'a value twice',
      scope({ tagExpression: [byTag('a', 'x', 'x')] }),
      'scope.tagExpression[0].values',
      /'x' is named more than once/,
    ],
    [
      'an empty value',
      scope({ tagExpression: [byTag('a', '')] }),
      'scope.tagExpression[0].values',
      /a value is empty/,
    ],
    [
      'a key twice',
      scope({ tagExpression: [byTag('a', 'x'), byTag('a', 'y')] }),
      'scope.tagExpression',
      /'a' is named more than once/,
    ],
    [
      'a level that is not offered',
      scope({ allTables: true, level: 'modify' }),
      'scope.level',
      /'modify' is not offered .* 'read', 'append'/,
    ],
    [
      'a filter that is none',
      scope({ tables: [{ table: 'orders', rowFilter: 'amount >' }] }),
      'scope.tables[0].rowFilter',
      /expected a constant.*; found the end of the filter/,
    ],
    [
      'a filter of another column',
      scope({ tables: [{ table: 'orders', rowFilter: 'amont > 1' }] }),
      'scope.tables[0].rowFilter',
      /no column 'amont' \(position 1\); did you mean 'amount'/,
    ],
    [
      'a filter of the second table',
      scope({
        tables: [
          { table: 'orders', rowFilter: 'amount > 1' },
          { table: 'customers', rowFilter: 'amount > 1' },
        ],
      }),
      'scope.tables[1].rowFilter',
      /no column 'amount'/,
    ],
    [
      'a filter of nothing',
      scope({ tables: [{ table: 'orders', rowFilter: ' ' }] }),
      'scope.tables[0].rowFilter',
      /filter is empty/,
    ],
  ])('refuses %s', (_, wanted, field, reason) => {
    expect(scopeProblems(wanted, port, all)).toEqual([
      { field, reason: expect.stringMatching(reason) },
    ]);
  });

  it.each<[string, AccessScope, string, RegExp]>([
    [
      'all tables',
      scope({ allTables: true }),
      'scope.allTables',
      /Fake lake does not give all tables/,
    ],
    [
      'tags',
      scope({ tagExpression: [byTag('a', 'x')] }),
      'scope.tagExpression',
      /not offered/,
    ],
    [
      'columns',
      scope({ tables: [{ table: 'orders', columns: ['amount'] }] }),
      'scope.tables[0].columns',
      /whole tables only/,
    ],
    [
      'row filters',
      scope({ tables: [{ table: 'orders', rowFilter: 'x = 1' }] }),
      'scope.tables[0].rowFilter',
      /offers no row filters/,
    ],
  ])('refuses %s where they are not offered', (_, wanted, field, reason) => {
    expect(scopeProblems(wanted, port, tablesOnly)).toEqual([
      { field, reason: expect.stringMatching(reason) },
    ]);
  });
});
