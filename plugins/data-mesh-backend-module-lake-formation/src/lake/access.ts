import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  intersectColumns,
  isAllColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from './columns';

/** SELECT by columns, all else on the whole resource. */
export type Rights = {
  /** Without SELECT, sorted. */
  permissions: string[];
  /** Elsewhere than on tables SELECT is on all columns or none. */
  select: ColumnSet;
};

/**
 * What may be done with one resource, as Lake Formation lists it: `ALL` stays
 * `ALL`, because only what is listed can be revoked. What it comes to is known
 * here and nowhere else: see {@link effectiveAccess}.
 */
export type Access = Rights & {
  /** What of it may be passed on: held with the grant option. */
  passOn?: Rights;
};

/** How much of something is covered by something else. */
export type Extent = 'full' | 'part' | 'none';

export const NO_RIGHTS: Rights = { permissions: [], select: NO_COLUMNS };
export const NO_ACCESS: Access = NO_RIGHTS;

const ALL = 'ALL';
/** AWS's console and some texts call `ALL` so. */
const SUPER = 'SUPER';
const SELECT = 'SELECT';

/** What ALL contains, on whichever kind of resource. */
const CONTAINED_IN_ALL: Rights = {
  permissions: [
    'ALTER',
    'CREATE_TABLE',
    'DELETE',
    'DESCRIBE',
    'DROP',
    'INSERT',
  ],
  select: ALL_COLUMNS,
};

const sorted = (names: Iterable<string>) => [...new Set(names)].sort();

/** Permissions by their names, SELECT of them on the columns. */
function readRights(
  names: readonly string[],
  columns: ColumnSet = ALL_COLUMNS,
): Rights {
  const known = names.map(name => (name === SUPER ? ALL : name));
  return {
    permissions: sorted(known.filter(name => name !== SELECT)),
    select: known.includes(SELECT) ? columns : NO_COLUMNS,
  };
}

/** The same with what of it may be passed on. */
export function readAccess(
  names: readonly string[],
  passOn: readonly string[] = [],
  columns: ColumnSet = ALL_COLUMNS,
): Access {
  return {
    ...readRights(names, columns),
    ...(passOn.length > 0 && { passOn: readRights(passOn, columns) }),
  };
}

/** Names of permissions on the whole resource, SELECT first. */
export const wholeNames = ({ permissions, select }: Rights): string[] => [
  ...(isAllColumns(select) ? [SELECT] : []),
  ...permissions,
];

/** Columns of SELECT, where it is not on all of them. */
export const chosenColumns = ({ select }: Rights): ColumnSet =>
  isAllColumns(select) ? NO_COLUMNS : select;

const uniteRights = (a: Rights, b: Rights): Rights => ({
  permissions: sorted([...a.permissions, ...b.permissions]),
  select: uniteColumns(a.select, b.select),
});

const intersectRights = (a: Rights, b: Rights): Rights => ({
  permissions: a.permissions.filter(name => b.permissions.includes(name)),
  select: intersectColumns(a.select, b.select),
});

const subtractRights = (a: Rights, b: Rights): Rights => ({
  permissions: a.permissions.filter(name => !b.permissions.includes(name)),
  select: subtractColumns(a.select, b.select),
});

const isNoRights = ({ permissions, select }: Rights): boolean =>
  permissions.length === 0 && isNoColumns(select);

export const isSameRights = (a: Rights, b: Rights): boolean =>
  isNoRights(subtractRights(a, b)) && isNoRights(subtractRights(b, a));

const withContents = (rights: Rights): Rights =>
  rights.permissions.includes(ALL)
    ? uniteRights(rights, CONTAINED_IN_ALL)
    : rights;

/** The same for what is held and for what of it may be passed on. */
const combine =
  (rule: (a: Rights, b: Rights) => Rights) =>
  (a: Access, b: Access): Access => {
    const passOn = rule(a.passOn ?? NO_RIGHTS, b.passOn ?? NO_RIGHTS);
    return { ...rule(a, b), ...(!isNoRights(passOn) && { passOn }) };
  };

/** As listed, each name for itself. */
export const uniteAccess = combine(uniteRights);
/** As listed, each name for itself. */
export const intersectAccess = combine(intersectRights);
/** As listed, each name for itself. */
export const subtractAccess = combine(subtractRights);

export const isNoAccess = (access: Access): boolean =>
  isNoRights(access) && isNoRights(access.passOn ?? NO_RIGHTS);

export const isSameAccess = (a: Access, b: Access): boolean =>
  isNoAccess(subtractAccess(a, b)) && isNoAccess(subtractAccess(b, a));

/** With what ALL contains written out beside it. */
export function effectiveAccess({ passOn, ...rights }: Access): Access {
  return {
    ...withContents(rights),
    ...(passOn && { passOn: withContents(passOn) }),
  };
}

/**
 * What of `wanted` is not in `held`, where ALL counts as all that it contains.
 * ALL itself is covered by ALL only: AWS may put more into it.
 */
export const lackingAccess = (wanted: Access, held: Access): Access =>
  subtractAccess(wanted, effectiveAccess(held));

/** Whether all of `wanted` is in `held`. */
export const coversAccess = (held: Access, wanted: Access): boolean =>
  isNoAccess(lackingAccess(wanted, held));

/** How much of what is `held` comes from `source`. */
export function extentOf(held: Access, source: Access): Extent {
  if (coversAccess(source, held)) return isNoAccess(held) ? 'none' : 'full';
  const common = intersectAccess(
    effectiveAccess(held),
    effectiveAccess(source),
  );
  return isNoAccess(common) ? 'none' : 'part';
}

/** Whether two accesses have anything in common. */
export const meetsAccess = (a: Access, b: Access): boolean =>
  extentOf(a, b) !== 'none';

/** Whether the values of any column can be read. */
export const readsColumns = (access: Access): boolean =>
  !isNoColumns(effectiveAccess(access).select);

/** All of it with the grant option. */
export const toPassOn = ({ permissions, select }: Rights): Access => ({
  permissions,
  select,
  passOn: { permissions, select },
});
