/**
 * Columns of a table as Lake Formation speaks of them: a list, or all but a
 * list. Plain data, so that it can be stored with a step.
 */
export type ColumnSet = { only: string[] } | { except: string[] };

export const NO_COLUMNS: ColumnSet = { only: [] };
export const ALL_COLUMNS: ColumnSet = { except: [] };

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();
const minus = (a: string[], b: string[]) => a.filter(one => !b.includes(one));
const both = (a: string[], b: string[]) => a.filter(one => b.includes(one));

export const onlyColumns = (names: string[]): ColumnSet => ({
  only: sorted(names),
});

export const allColumnsBut = (names: string[]): ColumnSet => ({
  except: sorted(names),
});

export const isNoColumns = (set: ColumnSet): boolean =>
  'only' in set && set.only.length === 0;

export const isAllColumns = (set: ColumnSet): boolean =>
  'except' in set && set.except.length === 0;

/** Whether the set grows with columns that are added to the table later. */
export const isOpenEnded = (set: ColumnSet): set is { except: string[] } =>
  'except' in set;

export function uniteColumns(a: ColumnSet, b: ColumnSet): ColumnSet {
  if ('only' in a) {
    return 'only' in b
      ? onlyColumns([...a.only, ...b.only])
      : allColumnsBut(minus(b.except, a.only));
  }
  return 'only' in b
    ? allColumnsBut(minus(a.except, b.only))
    : allColumnsBut(both(a.except, b.except));
}

const complement = (set: ColumnSet): ColumnSet =>
  'only' in set ? { except: set.only } : { only: set.except };

export const intersectColumns = (a: ColumnSet, b: ColumnSet): ColumnSet =>
  complement(uniteColumns(complement(a), complement(b)));

export const subtractColumns = (a: ColumnSet, b: ColumnSet): ColumnSet =>
  intersectColumns(a, complement(b));

/**
 * Whether `held` has every column of `wanted`. A list never has "all but", even
 * where it names every column of today: columns may be added later.
 */
export const coversColumns = (held: ColumnSet, wanted: ColumnSet): boolean =>
  isNoColumns(subtractColumns(wanted, held));
