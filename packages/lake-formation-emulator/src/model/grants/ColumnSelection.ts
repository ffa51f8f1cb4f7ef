/**
 * Columns of a table as Lake Formation speaks of them: a list, or all but a
 * list. All columns is `{ exclude: [] }`.
 */
export type ColumnSelection =
  | { readonly include: readonly string[] }
  | { readonly exclude: readonly string[] };

export const ALL_COLUMNS: ColumnSelection = { exclude: [] };

const plus = (a: readonly string[], b: readonly string[]) => [
  ...new Set([...a, ...b]),
];
const minus = (a: readonly string[], b: readonly string[]) =>
  a.filter(column => !b.includes(column));
const both = (a: readonly string[], b: readonly string[]) =>
  a.filter(column => b.includes(column));

export const isAllColumns = (selection: ColumnSelection) =>
  'exclude' in selection && selection.exclude.length === 0;

export const isNoColumns = (selection: ColumnSelection) =>
  'include' in selection && selection.include.length === 0;

export function uniteColumns(
  a: ColumnSelection,
  b: ColumnSelection,
): ColumnSelection {
  if ('include' in a) {
    return 'include' in b
      ? { include: plus(a.include, b.include) }
      : { exclude: minus(b.exclude, a.include) };
  }
  return 'include' in b
    ? { exclude: minus(a.exclude, b.include) }
    : { exclude: both(a.exclude, b.exclude) };
}

export function subtractColumns(
  a: ColumnSelection,
  b: ColumnSelection,
): ColumnSelection {
  if ('include' in a) {
    return 'include' in b
      ? { include: minus(a.include, b.include) }
      : { include: both(a.include, b.exclude) };
  }
  return 'include' in b
    ? { exclude: plus(a.exclude, b.include) }
    : { include: minus(b.exclude, a.exclude) };
}

/** The columns that both select. */
export const intersectColumns = (
  a: ColumnSelection,
  b: ColumnSelection,
): ColumnSelection => subtractColumns(a, subtractColumns(a, b));

/**
 * Whether every column of `wanted` is in `held`. A list never covers "all but":
 * columns may be added to the table later.
 */
export function coversColumns(
  held: ColumnSelection,
  wanted: ColumnSelection,
): boolean {
  if ('include' in held) {
    return (
      'include' in wanted &&
      wanted.include.every(column => held.include.includes(column))
    );
  }
  return 'include' in wanted
    ? both(held.exclude, wanted.include).length === 0
    : held.exclude.every(column => wanted.exclude.includes(column));
}

export const selectsColumn = (selection: ColumnSelection, column: string) =>
  'include' in selection
    ? selection.include.includes(column)
    : !selection.exclude.includes(column);
