import type { AccessScope, TableScope } from '../client/types.generated';
import { isSameScope, scopeCovers, scopesOverlap } from './scope';

const scope = (
  ...tables: Array<TableScope | 'append' | 'modify'>
): AccessScope => ({
  level:
    tables.find((one): one is 'append' | 'modify' => typeof one === 'string') ??
    'read',
  tables: tables.filter((one): one is TableScope => typeof one !== 'string'),
});
const all = { table: 't' };
const ab = { table: 't', columns: ['a', 'b'] };
const a = { table: 't', columns: ['a'] };
const filtered = { table: 't', rowFilter: 'x = 1' };
const other = { table: 'u' };
const everything: AccessScope = { level: 'read', tables: [], allTables: true };
const tagged = (...values: string[]): AccessScope => ({
  level: 'read',
  tables: [],
  tagExpression: [{ key: 'k', values }],
});

describe('scopeCovers', () => {
  it.each<[string, AccessScope, AccessScope, boolean]>([
    ['the same', scope(ab), scope(ab), true],
    ['fewer columns', scope(ab), scope(a), true],
    [
      'columns in another order',
      scope(ab),
      scope({ table: 't', columns: ['b', 'a'] }),
      true,
    ],
    ['columns of a whole table', scope(all), scope(ab), true],
    ['a whole table by columns', scope(ab), scope(all), false],
    ['more columns', scope(a), scope(ab), false],
    ['one of two tables', scope(all, other), scope(other), true],
    ['another table', scope(all), scope(all, other), false],
    ['filtered rows of all', scope(all), scope(filtered), true],
    ['all rows of filtered ones', scope(filtered), scope(all), false],
    ['the same filter', scope(filtered), scope(filtered), true],
    [
      'the same filter in another spelling',
      scope(filtered),
      scope({ table: 't', rowFilter: '(X=1)' }),
      true,
    ],
    [
      'another filter',
      scope(filtered),
      scope({ table: 't', rowFilter: 'x = 2' }),
      false,
    ],
    ['a higher level', scope(all), scope(all, 'append'), false],
    ['a lower level', scope(all, 'modify'), scope(all, 'append'), true],
    ['a table of all tables', everything, scope(all, other), true],
    ['all tables by all tables', everything, everything, true],
    ['all tables by those there are', scope(all, other), everything, false],
    ['what is tagged, of all tables', everything, tagged('v'), false],
    ['a table of what is tagged', tagged('v'), scope(all), false],
    ['the same expression', tagged('v', 'w'), tagged('w', 'v'), true],
    ['a narrower expression', tagged('v', 'w'), tagged('v'), true],
    ['a wider expression', tagged('v'), tagged('v', 'w'), false],
    [
      'a higher level of all tables',
      everything,
      { ...everything, level: 'append' },
      false,
    ],
  ])('of %s', (_, held, wanted, covers) => {
    expect(scopeCovers(held, wanted)).toBe(covers);
  });

  it('by two parts of one table is not seen as one', () => {
    // Two grants of one table by columns are two entitlements, never one.
    const halves = scope(a, { table: 't', columns: ['b'] });
    expect(scopeCovers(halves, scope(ab))).toBe(false);
  });
});

describe('isSameScope', () => {
  it.each<[AccessScope, AccessScope, boolean]>([
    [scope(all, other), scope(other, all), true],
    [scope(ab), scope({ table: 't', columns: ['b', 'a'] }), true],
    [scope(ab), scope(a), false],
    [scope(filtered), scope({ table: 't', rowFilter: '"x"=1.0' }), true],
    [scope(filtered), scope(all), false],
    [everything, scope(all), false],
    [scope(all), scope(all, 'append'), false],
  ])('%j and %j: %s', (one, two, same) => {
    expect(isSameScope(one, two)).toBe(same);
    expect(isSameScope(two, one)).toBe(same);
  });
});

describe('scopesOverlap', () => {
  it.each<[AccessScope, AccessScope, boolean]>([
    [everything, scope(all), true],
    [everything, tagged('v'), true],
    [tagged('v'), scope(all), true],
    [tagged('v'), tagged('w'), false],
    [tagged('v'), tagged('v', 'w'), true],
    [scope(a), scope({ table: 't', columns: ['b'] }), true],
    [scope(all), scope(other), false],
    [scope(all, other), scope(other), true],
  ])('%j with %j: %s', (one, two, overlap) => {
    expect(scopesOverlap(one, two)).toBe(overlap);
    expect(scopesOverlap(two, one)).toBe(overlap);
  });
});
