import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  intersectColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from './ColumnSet';

/**
 * What one principal may do with one table: SELECT by columns, all else on the
 * whole table. Lake Formation lists SELECT apart from the rest in the same way.
 */
export type TableAccess = {
  /** All but SELECT, like DESCRIBE. */
  permissions: string[];
  select: ColumnSet;
};

export const NO_ACCESS: TableAccess = { permissions: [], select: NO_COLUMNS };

/** What ALL, which AWS writes "Super", contains on a table. */
const CONTAINED_IN_ALL = ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT'];

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

export function uniteAccess(a: TableAccess, b: TableAccess): TableAccess {
  return {
    permissions: sorted([...a.permissions, ...b.permissions]),
    select: uniteColumns(a.select, b.select),
  };
}

export function intersectAccess(a: TableAccess, b: TableAccess): TableAccess {
  return {
    permissions: a.permissions.filter(one => b.permissions.includes(one)),
    select: intersectColumns(a.select, b.select),
  };
}

export function subtractAccess(a: TableAccess, b: TableAccess): TableAccess {
  return {
    permissions: a.permissions.filter(one => !b.permissions.includes(one)),
    select: subtractColumns(a.select, b.select),
  };
}

export const isNoAccess = (access: TableAccess): boolean =>
  access.permissions.length === 0 && isNoColumns(access.select);

/** With what ALL contains written out. */
export function effectiveAccess(held: TableAccess): TableAccess {
  return held.permissions.includes('ALL')
    ? uniteAccess(held, { permissions: CONTAINED_IN_ALL, select: ALL_COLUMNS })
    : held;
}

/** What of `wanted` is not held, ALL counting as all it contains. */
export const lackingAccess = (
  wanted: TableAccess,
  held: TableAccess,
): TableAccess => subtractAccess(wanted, effectiveAccess(held));
