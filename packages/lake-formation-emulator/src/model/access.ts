import { Catalog } from './Catalog';
import {
  ALL_COLUMNS,
  ColumnSelection,
  coversColumns,
  uniteColumns,
} from './ColumnSelection';
import { rootOf } from './EmulatorState';
import { isUnder, s3Path } from './locations';
import { ALL_TABLES, Grant, GrantResource, PermissionChange } from './Grant';
import { Permission, covers, sortedUnion } from './Permission';
import { IAM_ALLOWED_PRINCIPALS, iamPrincipalsOf } from './principals';

/** Whoever asks: the account matters for what holds for all of its principals. */
export interface Requester {
  readonly account: string;
  readonly principal: string;
}

/** What a requester may do on a resource by all grants that reach them. */
export interface EffectiveHolding {
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
  /** Columns on which SELECT is held, whole-table SELECT included. */
  readonly columns?: ColumnSelection;
  readonly grantableColumns?: ColumnSelection;
}

/** A data lake administrator; the account's root always is one here. */
export const isAdministrator = (catalog: Catalog, principal: string) =>
  principal === rootOf(catalog.accountId) ||
  catalog.settings.administrators.includes(principal);

/** Whoever sees everything: administrators and read-only administrators. */
export const seesEverything = (catalog: Catalog, principal: string) =>
  isAdministrator(catalog, principal) ||
  catalog.settings.readOnlyAdministrators.includes(principal);

const holders = ({ account, principal }: Requester) => [
  principal,
  iamPrincipalsOf(account),
];

/** A grant on all tables of a database reaches each of them. */
const reachedBy = (resource: GrantResource): GrantResource[] =>
  resource.kind === 'table' && resource.table !== ALL_TABLES
    ? [resource, { ...resource, table: ALL_TABLES }]
    : [resource];

const unite = (a: ColumnSelection | undefined, b: ColumnSelection) =>
  a ? uniteColumns(a, b) : b;

function merge(held: EffectiveHolding, grant: Grant): EffectiveHolding {
  let { columns, grantableColumns } = held;
  if (covers(grant.permissions, 'SELECT')) {
    columns = ALL_COLUMNS;
  } else if (grant.columns) {
    columns = unite(columns, grant.columns.held);
  }
  if (covers(grant.grantable, 'SELECT')) {
    grantableColumns = ALL_COLUMNS;
  } else if (grant.columns?.grantable) {
    grantableColumns = unite(grantableColumns, grant.columns.grantable);
  }
  return {
    permissions: sortedUnion(held.permissions, grant.permissions),
    grantable: sortedUnion(held.grantable, grant.grantable),
    columns,
    grantableColumns,
  };
}

/** Joins every grant that reaches the requester on the resource. */
export function effectiveHolding(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): EffectiveHolding {
  let held: EffectiveHolding = { permissions: [], grantable: [] };
  for (const holder of holders(requester)) {
    for (const reached of reachedBy(resource)) {
      const grant = catalog.grants.get(holder, reached);
      if (grant) held = merge(held, grant);
    }
  }
  return held;
}

/**
 * Whether Lake Formation leaves the resource to IAM, which the emulator takes
 * as allowing everything. Only for principals of the catalog's own account.
 */
function leftToIam(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
  permission?: Permission,
): boolean {
  if (requester.account !== catalog.accountId) return false;
  return reachedBy(resource).some(reached => {
    const grant = catalog.grants.get(IAM_ALLOWED_PRINCIPALS, reached);
    return (
      grant !== undefined &&
      (permission === undefined || covers(grant.permissions, permission))
    );
  });
}

/** Whether the requester has the permission, be it by grants or left to IAM. */
export function hasPermission(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
  permission: Permission,
): boolean {
  return (
    covers(
      effectiveHolding(catalog, requester, resource).permissions,
      permission,
    ) || leftToIam(catalog, requester, resource, permission)
  );
}

/** Administrators and those who hold CREATE_DATABASE may create databases. */
export const mayCreateDatabase = (catalog: Catalog, requester: Requester) =>
  isAdministrator(catalog, requester.principal) ||
  hasPermission(catalog, requester, { kind: 'catalog' }, 'CREATE_DATABASE');

/**
 * Any permission on a database implies DESCRIBE on it, and any permission on
 * one of its tables shows it.
 */
export function seesDatabase(
  catalog: Catalog,
  requester: Requester,
  database: string,
): boolean {
  if (seesEverything(catalog, requester.principal)) return true;
  const isInDatabase = ({ resource }: Grant) =>
    (resource.kind === 'database' || resource.kind === 'table') &&
    resource.database === database;
  const applying = [
    ...holders(requester),
    ...(requester.account === catalog.accountId
      ? [IAM_ALLOWED_PRINCIPALS]
      : []),
  ];
  return applying.some(holder => {
    for (const grant of catalog.grants.ofPrincipal(holder)) {
      if (isInDatabase(grant)) return true;
    }
    return false;
  });
}

/**
 * The columns of a table that the requester sees: all with DESCRIBE or what
 * implies it, the granted ones with SELECT on columns only, undefined where the
 * table itself is hidden.
 */
export function visibleColumns(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: string,
): ColumnSelection | undefined {
  if (seesEverything(catalog, requester.principal)) return ALL_COLUMNS;
  const resource: GrantResource = { kind: 'table', database, table };
  const held = effectiveHolding(catalog, requester, resource);
  if (held.permissions.length || leftToIam(catalog, requester, resource)) {
    return ALL_COLUMNS;
  }
  return held.columns;
}

/** Whether the requester sees that the resource is there at all. */
export function seesResource(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean {
  if (seesEverything(catalog, requester.principal)) return true;
  switch (resource.kind) {
    case 'database':
      return seesDatabase(catalog, requester, resource.database);
    case 'table':
      return resource.table === ALL_TABLES
        ? seesDatabase(catalog, requester, resource.database)
        : visibleColumns(
            catalog,
            requester,
            resource.database,
            resource.table,
          ) !== undefined;
    default: {
      const held = effectiveHolding(catalog, requester, resource);
      return held.permissions.length > 0;
    }
  }
}

/**
 * Who may grant or revoke: an administrator, or whoever holds all of it with
 * the grant option, for columns within their own.
 */
export function mayPassOn(
  catalog: Catalog,
  requester: Requester,
  change: PermissionChange,
): boolean {
  if (isAdministrator(catalog, requester.principal)) return true;
  const held = effectiveHolding(catalog, requester, change.resource);
  const wanted = [...change.permissions, ...change.grantable];
  if (change.columns) {
    return (
      held.grantableColumns !== undefined &&
      coversColumns(held.grantableColumns, change.columns)
    );
  }
  return (
    wanted.length > 0 &&
    wanted.every(permission => covers(held.grantable, permission))
  );
}

/**
 * Whether the requester may point databases and tables at a registered
 * location: by a grant on it or on what contains it. Administrators may
 * everywhere.
 */
export function hasDataLocationAccess(
  catalog: Catalog,
  requester: Requester,
  location: string,
): boolean {
  if (isAdministrator(catalog, requester.principal)) return true;
  const path = s3Path(location);
  return holders(requester).some(holder => {
    for (const { resource } of catalog.grants.ofPrincipal(holder)) {
      if (
        resource.kind === 'dataLocation' &&
        isUnder(path, s3Path(resource.arn))
      ) {
        return true;
      }
    }
    return false;
  });
}
