import { invalidInput } from '../api/AwsError';
import {
  ALL_COLUMNS,
  ColumnSelection,
  coversColumns,
  isAllColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from './ColumnSelection';
import { ColumnGrant, Grant, PermissionChange } from './Grant';
import { Permission, covers, sortedUnion, without } from './Permission';

/** What a principal holds on a resource, without who wrote it and when. */
export type Holding = Pick<Grant, 'permissions' | 'grantable' | 'columns'>;

const NOTHING: Holding = { permissions: [], grantable: [] };

/**
 * AWS's answer to a change that would leave a table with both a part of its
 * columns and other permissions for one principal, or would narrow what is held.
 */
const invalidModification = () =>
  invalidInput('Permissions modification is invalid.');

const notHeld = (permissions: readonly Permission[]) =>
  // The doubled words are AWS's.
  invalidInput(
    `No permissions revoked. Grantee does not does not have:[${permissions.join(
      ', ',
    )}]`,
  );

const unite = (
  a: ColumnSelection | undefined,
  b: ColumnSelection,
): ColumnSelection => (a ? uniteColumns(a, b) : b);

/** Merges a grant into what is held already: granting twice is one entry. */
export function addToHolding(
  held: Holding | undefined,
  change: PermissionChange,
): Holding {
  const before = held ?? NOTHING;
  if (change.columns) {
    return addColumns(before, change.columns, change.grantable);
  }
  const widensSelect =
    change.permissions.includes('SELECT') || change.permissions.includes('ALL');
  if (before.columns && !before.permissions.length && !widensSelect) {
    throw invalidModification();
  }
  const grantable = sortedUnion(before.grantable, change.grantable);
  return {
    permissions: sortedUnion(before.permissions, change.permissions),
    grantable,
    ...columnsBesideWholeSelect(before.columns, grantable),
  };
}

function addColumns(
  before: Holding,
  columns: ColumnSelection,
  grantable: readonly Permission[],
): Holding {
  if (before.permissions.length) {
    throw invalidModification();
  }
  const held = unite(before.columns?.held, columns);
  const passable = grantable.includes('SELECT')
    ? unite(before.columns?.grantable, columns)
    : before.columns?.grantable;
  if (isAllColumns(held)) {
    const select = passable && isAllColumns(passable) ? ['SELECT'] : [];
    return {
      permissions: ['SELECT'],
      grantable: select,
      ...columnsBesideWholeSelect({ held, grantable: passable }, select),
    };
  }
  return {
    permissions: [],
    grantable: [],
    columns: { held, ...(passable ? { grantable: passable } : {}) },
  };
}

/**
 * SELECT on the whole table swallows SELECT on columns, except where only the
 * columns may be passed on.
 */
function columnsBesideWholeSelect(
  columns: ColumnGrant | undefined,
  grantable: readonly Permission[],
): { columns?: ColumnGrant } {
  if (!columns?.grantable || covers(grantable, 'SELECT')) {
    return {};
  }
  return {
    columns: { held: columns.grantable, grantable: columns.grantable },
  };
}

/**
 * Takes a change away from what is held. All or nothing: one permission that is
 * not held refuses the call.
 *
 * @returns what remains, or undefined if nothing does
 */
export function takeFromHolding(
  held: Holding | undefined,
  change: PermissionChange,
): Holding | undefined {
  const before = held ?? NOTHING;
  const after = change.columns
    ? takeColumns(before, change.columns, change)
    : takePermissions(before, change);
  return after.permissions.length || after.columns ? after : undefined;
}

function takePermissions(before: Holding, change: PermissionChange): Holding {
  const holds = (permission: Permission) =>
    before.permissions.includes(permission) ||
    (permission === 'SELECT' && before.columns !== undefined);
  const mayPassOn = (permission: Permission) =>
    before.grantable.includes(permission) ||
    (permission === 'SELECT' && before.columns?.grantable !== undefined);
  const missing = [
    ...change.permissions.filter(permission => !holds(permission)),
    ...change.grantable.filter(permission => !mayPassOn(permission)),
  ];
  if (missing.length) {
    throw notHeld([...new Set(missing)]);
  }
  const permissions = without(before.permissions, change.permissions);
  const grantable = without(
    without(before.grantable, change.grantable),
    change.permissions,
  );
  if (change.permissions.includes('SELECT')) {
    return { permissions, grantable };
  }
  const columns =
    before.columns && change.grantable.includes('SELECT')
      ? { held: before.columns.held }
      : before.columns;
  return { permissions, grantable, ...(columns ? { columns } : {}) };
}

function takeColumns(
  before: Holding,
  columns: ColumnSelection,
  change: PermissionChange,
): Holding {
  const whole = before.permissions.includes('SELECT');
  const held = whole ? ALL_COLUMNS : before.columns?.held;
  const passable = before.grantable.includes('SELECT')
    ? ALL_COLUMNS
    : before.columns?.grantable;
  const takesSelect = change.permissions.includes('SELECT');
  const takesGrantOption = change.grantable.includes('SELECT');
  if (
    !held ||
    !coversColumns(held, columns) ||
    (takesGrantOption && (!passable || !coversColumns(passable, columns)))
  ) {
    throw notHeld(['SELECT']);
  }
  if (whole && without(before.permissions, ['SELECT']).length) {
    throw invalidModification();
  }
  const remaining = takesSelect ? subtractColumns(held, columns) : held;
  const remainingPassable = passable && subtractColumns(passable, columns);
  if (isNoColumns(remaining)) {
    return NOTHING;
  }
  const keepsGrantOption =
    remainingPassable !== undefined && !isNoColumns(remainingPassable);
  if (isAllColumns(remaining)) {
    return {
      permissions: ['SELECT'],
      grantable: [],
      ...columnsBesideWholeSelect(
        keepsGrantOption
          ? { held: remainingPassable, grantable: remainingPassable }
          : undefined,
        [],
      ),
    };
  }
  return {
    permissions: [],
    grantable: [],
    columns: {
      held: remaining,
      ...(keepsGrantOption ? { grantable: remainingPassable } : {}),
    },
  };
}
