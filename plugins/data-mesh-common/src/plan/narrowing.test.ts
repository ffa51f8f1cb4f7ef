import type { AccessScope } from '../client/types';
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
      'no filter any more',
      within({ table: 'rows' }),
      'narrowedScope.tables[0].rowFilter',
    ],
    [
      'a tag expression',
      {
        ...within({ table: 'items' }),
        tagExpression: [{ key: 'k', values: ['v'] }],
      },
      'narrowedScope.tagExpression',
    ],
  ])('finds %s', (_, narrowed, field) => {
    expect(beyondScope(asked, narrowed)).toEqual([
      { field, reason: expect.any(String) },
    ]);
  });
});
