import type { AccessScope } from '../client/types.generated';
import { beyondScope } from './narrowing';

const asked: AccessScope = {
  level: 'read',
  tables: [
    { table: 'orders', columns: ['a', 'b'] },
    { table: 'items' },
    { table: 'rows', rowFilter: "x = 'eu'" },
  ],
};

const within = (...tables: AccessScope['tables']): AccessScope => ({
  level: 'read',
  tables,
});

const everything: AccessScope = { level: 'read', tables: [], allTables: true };
const tagged = (...values: string[]): AccessScope => ({
  level: 'read',
  tables: [],
  tagExpression: [{ key: 'k', values }],
});

describe('beyondScope of what names no tables', () => {
  it.each<[string, AccessScope, AccessScope]>([
    ['all tables', everything, everything],
    ['some of all tables', everything, within({ table: 'x', columns: ['y'] })],
    ['the same tags', tagged('v', 'w'), tagged('w', 'v')],
    ['fewer tags', tagged('v', 'w'), tagged('v')],
  ])('finds nothing in %s', (_, from, to) => {
    expect(beyondScope(from, to)).toEqual([]);
  });

  it.each<[string, AccessScope, AccessScope, string]>([
    ['all tables of some', asked, everything, 'scope.allTables'],
    ['more tags', tagged('v'), tagged('v', 'w'), 'scope.tagExpression'],
    ['tables of what is tagged', tagged('v'), asked, 'scope.tagExpression'],
    ['tags of all tables', everything, tagged('v'), 'scope.tagExpression'],
    [
      'a higher level',
      everything,
      { ...everything, level: 'modify' },
      'scope.level',
    ],
  ])('finds %s', (_, from, to, field) => {
    expect(beyondScope(from, to, 'scope')).toEqual([
      { field, reason: expect.any(String) },
    ]);
  });
});

describe('beyondScope', () => {
  it.each<[string, AccessScope]>([
    ['the same', asked],
    ['fewer tables', within({ table: 'items' })],
    ['fewer columns', within({ table: 'orders', columns: ['b'] })],
    ['some columns of all', within({ table: 'items', columns: ['x'] })],
    [
      'a filter where there was none',
      within({ table: 'items', rowFilter: 'y = 1' }),
    ],
    [
      'the filter in another spelling',
      within({ table: 'rows', rowFilter: "X='eu'" }),
    ],
  ])('finds nothing in %s', (_, narrowed) => {
    expect(beyondScope(asked, narrowed)).toEqual([]);
  });

  it.each<[string, AccessScope, string]>([
    [
      'a higher level',
      { level: 'append', tables: [{ table: 'items' }] },
      'narrowedScope.level',
    ],
    ['another table', within({ table: 'x' }), 'narrowedScope.tables[0].table'],
    [
      'another column',
      within({ table: 'orders', columns: ['a', 'c'] }),
      'narrowedScope.tables[0].columns',
    ],
    [
      'all columns',
      within({ table: 'orders' }),
      'narrowedScope.tables[0].columns',
    ],
    [
      'another filter',
      within({ table: 'rows', rowFilter: "x = 'EU'" }),
      'narrowedScope.tables[0].rowFilter',
    ],
    [
      'no filter any more',
      within({ table: 'rows' }),
      'narrowedScope.tables[0].rowFilter',
    ],
    ['a tag expression', tagged('v'), 'narrowedScope.tagExpression'],
  ])('finds %s', (_, narrowed, field) => {
    expect(beyondScope(asked, narrowed)).toEqual([
      { field, reason: expect.any(String) },
    ]);
  });
});
