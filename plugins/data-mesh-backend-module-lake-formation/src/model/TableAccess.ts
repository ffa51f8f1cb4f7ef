import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  intersectColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from './ColumnSet';

/** SELECT by columns, all else on the whole. */
export type Rights = {
  /** On a table all but SELECT, like DESCRIBE; elsewhere everything. */
  permissions: string[];
  select: ColumnSet;
};

/**
 * What one principal may do in one place: with a table SELECT by columns, all
 * else on the whole table. Lake Formation lists SELECT apart from the rest in
 * the same way.
 */
export type TableAccess = Rights & {
  /** What of it may be passed on: held with the grant option. */
  passOn?: Rights;
};

const NO_RIGHTS: Rights = { permissions: [], select: NO_COLUMNS };
export const NO_ACCESS: TableAccess = NO_RIGHTS;

/** What ALL, which AWS writes "Super", contains on a table. */
const CONTAINED_IN_ALL = ['ALTER', 'DELETE', 'DESCRIBE', 'DROP', 'INSERT'];

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

const uniteRights = (a: Rights, b: Rights): Rights => ({
  permissions: sorted([...a.permissions, ...b.permissions]),
  select: uniteColumns(a.select, b.select),
});

const intersectRights = (a: Rights, b: Rights): Rights => ({
  permissions: a.permissions.filter(one => b.permissions.includes(one)),
  select: intersectColumns(a.select, b.select),
});

const subtractRights = (a: Rights, b: Rights): Rights => ({
  permissions: a.permissions.filter(one => !b.permissions.includes(one)),
  select: subtractColumns(a.select, b.select),
});

const isNoRights = (rights: Rights): boolean =>
  rights.permissions.length === 0 && isNoColumns(rights.select);

const withContents = (rights: Rights): Rights =>
  rights.permissions.includes('ALL')
    ? uniteRights(rights, {
        permissions: CONTAINED_IN_ALL,
        select: ALL_COLUMNS,
      })
    : rights;

/** The same for what is held and for what of it may be passed on. */
const combine =
  (rule: (a: Rights, b: Rights) => Rights) =>
  (a: TableAccess, b: TableAccess): TableAccess => {
    const passOn = rule(a.passOn ?? NO_RIGHTS, b.passOn ?? NO_RIGHTS);
    return { ...rule(a, b), ...(!isNoRights(passOn) && { passOn }) };
  };

export const uniteAccess = combine(uniteRights);
export const intersectAccess = combine(intersectRights);
export const subtractAccess = combine(subtractRights);

export const isNoAccess = (access: TableAccess): boolean =>
  isNoRights(access) && isNoRights(access.passOn ?? NO_RIGHTS);

/** With what ALL contains written out. */
export function effectiveAccess(held: TableAccess): TableAccess {
  const { passOn, ...rights } = held;
  return {
    ...withContents(rights),
    ...(passOn && { passOn: withContents(passOn) }),
  };
}

/** What of `wanted` is not held, ALL counting as all it contains. */
export const lackingAccess = (
  wanted: TableAccess,
  held: TableAccess,
): TableAccess => subtractAccess(wanted, effectiveAccess(held));

/** All of it with the grant option. */
export const toPassOn = ({ permissions, select }: Rights): TableAccess => ({
  permissions,
  select,
  passOn: { permissions, select },
});
