import {
  ColumnSelection,
  coversColumns,
  intersectColumns,
  selectsColumn,
  subtractColumns,
  uniteColumns,
} from './ColumnSelection';

const COLUMNS = ['a', 'b', 'c', 'd'];

/** Every selection over four columns, as a list and as "all but". */
const SELECTIONS: ColumnSelection[] = [...Array(16).keys()].flatMap(bits => {
  const some = COLUMNS.filter((_, i) => Math.floor(bits / 2 ** i) % 2 === 1);
  return [{ include: some }, { exclude: some }];
});

const selected = (selection: ColumnSelection) =>
  COLUMNS.filter(column => selectsColumn(selection, column));

const PAIRS = SELECTIONS.flatMap(a => SELECTIONS.map(b => [a, b] as const));

describe('selections of columns', () => {
  it('unite to what either selects', () => {
    for (const [a, b] of PAIRS) {
      expect(selected(uniteColumns(a, b))).toEqual(
        COLUMNS.filter(c => selectsColumn(a, c) || selectsColumn(b, c)),
      );
    }
  });

  it('subtract to what only the first selects', () => {
    for (const [a, b] of PAIRS) {
      expect(selected(subtractColumns(a, b))).toEqual(
        COLUMNS.filter(c => selectsColumn(a, c) && !selectsColumn(b, c)),
      );
    }
  });

  it('intersect to what both select', () => {
    for (const [a, b] of PAIRS) {
      const common = intersectColumns(a, b);
      const both = (column: string) =>
        selectsColumn(a, column) && selectsColumn(b, column);
      expect(selected(common)).toEqual(COLUMNS.filter(both));
      expect(selectsColumn(common, 'added later')).toBe(both('added later'));
    }
  });

  it('cover one another only if they do so for columns of the future, too', () => {
    for (const [held, wanted] of PAIRS) {
      const includesUnknown = (selection: ColumnSelection) =>
        selectsColumn(selection, 'added later');
      const expected =
        selected(wanted).every(c => selectsColumn(held, c)) &&
        (!includesUnknown(wanted) || includesUnknown(held));
      expect(coversColumns(held, wanted)).toBe(expected);
    }
  });
});
