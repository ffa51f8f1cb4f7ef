import {
  ColumnSet,
  allColumnsBut,
  coversColumns,
  intersectColumns,
  isNoColumns,
  onlyColumns,
  subtractColumns,
  uniteColumns,
} from './columns';

const COLUMNS = ['a', 'b', 'c'];
/** Stands for every column that is added later. */
const LATER = 'later';

const has = (set: ColumnSet, column: string) =>
  'only' in set ? set.only.includes(column) : !set.except.includes(column);

const subsets = COLUMNS.reduce<string[][]>(
  (all, column) => [...all, ...all.map(one => [...one, column])],
  [[]],
);
const sets = subsets.flatMap(one => [onlyColumns(one), allColumnsBut(one)]);
const pairs = sets.flatMap(a => sets.map(b => [a, b] as const));

describe('column sets', () => {
  it.each([
    {
      name: 'union',
      combine: uniteColumns,
      rule: (a: boolean, b: boolean) => a || b,
    },
    {
      name: 'intersection',
      combine: intersectColumns,
      rule: (a: boolean, b: boolean) => a && b,
    },
    {
      name: 'difference',
      combine: subtractColumns,
      rule: (a: boolean, b: boolean) => a && !b,
    },
  ])('have a $name for all lists and all-but-lists', ({ combine, rule }) => {
    for (const [a, b] of pairs) {
      const both = combine(a, b);
      for (const column of [...COLUMNS, LATER]) {
        expect({ a, b, column, has: has(both, column) }).toEqual({
          a,
          b,
          column,
          has: rule(has(a, column), has(b, column)),
        });
      }
    }
  });

  it('cover another set where no column of it is missing, later ones included', () => {
    for (const [held, wanted] of pairs) {
      expect(coversColumns(held, wanted)).toBe(
        [...COLUMNS, LATER].every(
          column => !has(wanted, column) || has(held, column),
        ),
      );
    }
  });

  it('do not take a list of all columns for all columns', () => {
    expect(coversColumns(onlyColumns(COLUMNS), allColumnsBut([]))).toBe(false);
    expect(
      isNoColumns(subtractColumns(onlyColumns(COLUMNS), allColumnsBut([]))),
    ).toBe(true);
  });
});
