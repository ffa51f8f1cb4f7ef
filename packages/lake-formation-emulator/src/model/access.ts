import { Catalog, DataCellsFilterRecord, filterKey, optInKey } from './Catalog';
import {
  ALL_COLUMNS,
  ColumnSelection,
  coversColumns,
  uniteColumns,
} from './ColumnSelection';
import { PrincipalTags, conditionHolds } from './conditions';
import { rootOf } from './EmulatorState';
import { isUnder, s3Path } from './locations';
import {
  ALL_TABLES,
  Grant,
  GrantResource,
  PermissionChange,
  ResourceOfKind,
} from './Grant';
import {
  PERMISSIONS_BY_RESOURCE,
  Permission,
  covers,
  sortedUnion,
} from './Permission';
import { IAM_ALLOWED_PRINCIPALS, iamPrincipalsOf } from './principals';
import { Reach, reachesOf } from './reach';
import { tagHolding } from './tagHolding';

/** Whoever asks: the account matters for what holds for all of its principals. */
export interface Requester {
  readonly account: string;
  readonly principal: string;
  /** What conditions on grants look at. */
  readonly sessionTags?: PrincipalTags;
}

/** What a requester may do on a resource by all grants that reach them. */
export interface EffectiveHolding {
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
  /** Columns on which SELECT is held, whole-table SELECT included. */
  readonly columns?: ColumnSelection;
  readonly grantableColumns?: ColumnSelection;
  /** Columns that it shows. */
  readonly shows?: ColumnSelection;
}

/** A data lake administrator; the account's root always is one here. */
export const isAdministrator = (catalog: Catalog, principal: string) =>
  principal === rootOf(catalog.accountId) ||
  catalog.settings.administrators.includes(principal);

/** Whoever sees everything: administrators and read-only administrators. */
export const seesEverything = (catalog: Catalog, principal: string) =>
  isAdministrator(catalog, principal) ||
  catalog.settings.readOnlyAdministrators.includes(principal);

/** The grantees whose grants are a requester's own. */
export const holders = ({ account, principal }: Requester) => [
  principal,
  iamPrincipalsOf(account),
];

/** Whether a grant to one of the requester's holders holds for them now. */
const holdsFor = (requester: Requester) => (grant: Grant) =>
  conditionHolds(grant, requester.sessionTags ?? {});

/** A grant on all tables of a database reaches each of them. */
const reachedBy = (resource: GrantResource): GrantResource[] =>
  resource.kind === 'table' && resource.table !== ALL_TABLES
    ? [resource, { ...resource, table: ALL_TABLES }]
    : [resource];

const unite = (
  a: ColumnSelection | undefined,
  b: ColumnSelection | undefined,
) => (a && b ? uniteColumns(a, b) : a ?? b);

const merge = (held: EffectiveHolding, reach: Reach): EffectiveHolding => ({
  permissions: sortedUnion(held.permissions, reach.permissions),
  grantable: sortedUnion(held.grantable, reach.grantable),
  columns: unite(held.columns, reach.columns),
  grantableColumns: unite(held.grantableColumns, reach.grantableColumns),
  shows: unite(held.shows, reach.shows),
});

/** Everything that a requester's grants give on a resource, one by one. */
export function* reachesFor(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): Iterable<Reach> {
  const holds = holdsFor(requester);
  for (const holder of holders(requester)) {
    for (const reach of reachesOf(catalog, holder, resource)) {
      if (holds(reach.grant)) yield reach;
    }
  }
}

/** Who made a tag, a saved expression or a filter has everything on it. */
function creatorOf(catalog: Catalog, resource: GrantResource) {
  switch (resource.kind) {
    case 'lfTag':
      return catalog.lfTags.get(resource.key)?.createdBy;
    case 'lfTagExpression':
      return catalog.tagExpressions.get(resource.name)?.createdBy;
    case 'dataCellsFilter': {
      const { database, table, filter } = resource;
      return catalog.dataCellsFilters.get(filterKey(database, table, filter))
        ?.createdBy;
    }
    default:
      return undefined;
  }
}

function holdingOnTag(
  catalog: Catalog,
  requester: Requester,
  resource: ResourceOfKind<'lfTag'>,
): EffectiveHolding {
  const grants = holders(requester)
    .flatMap(holder => [...catalog.grants.onTag(holder, resource.key)])
    .filter(holdsFor(requester));
  const isCreator = creatorOf(catalog, resource) === requester.principal;
  return tagHolding(catalog, grants, resource, isCreator);
}

/** Joins every grant that reaches the requester on the resource. */
export function effectiveHolding(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): EffectiveHolding {
  if (resource.kind === 'lfTag') {
    return holdingOnTag(catalog, requester, resource);
  }
  if (
    (resource.kind === 'lfTagExpression' ||
      resource.kind === 'dataCellsFilter') &&
    creatorOf(catalog, resource) === requester.principal
  ) {
    const all = PERMISSIONS_BY_RESOURCE[resource.kind];
    return { permissions: all, grantable: all };
  }
  let held: EffectiveHolding = { permissions: [], grantable: [] };
  for (const reach of reachesFor(catalog, requester, resource)) {
    held = merge(held, reach);
  }
  return held;
}

/**
 * Whether the requester has chosen to be held to Lake Formation's grants on a
 * resource that is still left to IAM for the others: hybrid access mode.
 */
function isOptedIn(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean {
  if (catalog.optIns.size === 0) return false;
  return holders(requester).some(holder =>
    reachedBy(resource).some(reached =>
      catalog.optIns
        .get(optInKey(holder, reached))
        ?.some(optIn => conditionHolds(optIn, requester.sessionTags ?? {})),
    ),
  );
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
  const isOpen = reachedBy(resource).some(reached => {
    const grant = catalog.grants.get(IAM_ALLOWED_PRINCIPALS, reached);
    return (
      grant !== undefined &&
      (permission === undefined || covers(grant.permissions, permission))
    );
  });
  return isOpen && !isOptedIn(catalog, requester, resource);
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
 * one of its tables shows it, except one by a tag policy.
 */
export function seesDatabase(
  catalog: Catalog,
  requester: Requester,
  database: string,
): boolean {
  if (seesEverything(catalog, requester.principal)) return true;
  const holds = holdsFor(requester);
  const isInside = holders(requester).some(holder => {
    for (const grant of catalog.grants.inside(holder, database)) {
      if (holds(grant)) return true;
    }
    return false;
  });
  if (isInside) return true;
  const resource: GrantResource = { kind: 'database', database };
  for (const reach of reachesFor(catalog, requester, resource)) {
    if (reach.permissions.length) return true;
  }
  return isLeftToIamInside(catalog, requester, database);
}

/** Whether IAM has the database, or a table of it, to give. */
function isLeftToIamInside(
  catalog: Catalog,
  requester: Requester,
  database: string,
): boolean {
  if (requester.account !== catalog.accountId) return false;
  for (const { resource } of catalog.grants.inside(
    IAM_ALLOWED_PRINCIPALS,
    database,
  )) {
    if (!isOptedIn(catalog, requester, resource)) return true;
  }
  return false;
}

/** The data cells filters of a table that the requester may read through. */
export function* filtersFor(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: string,
): Iterable<DataCellsFilterRecord> {
  const holds = holdsFor(requester);
  const seen = new Set<string>();
  for (const holder of holders(requester)) {
    for (const grant of catalog.grants.filters(holder, database, table)) {
      const { resource, permissions } = grant;
      if (resource.kind !== 'dataCellsFilter' || seen.has(resource.filter)) {
        continue;
      }
      if (!permissions.includes('SELECT') || !holds(grant)) continue;
      const filter = catalog.dataCellsFilters.get(
        filterKey(database, table, resource.filter),
      );
      if (filter) {
        seen.add(filter.name);
        yield filter;
      }
    }
  }
}

/**
 * The columns of a table that the requester sees: all with DESCRIBE or what
 * implies it, the granted ones with SELECT on columns only or through filters,
 * undefined where the table itself is hidden.
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
  if (leftToIam(catalog, requester, resource)) return ALL_COLUMNS;
  let shown = held.shows;
  for (const filter of filtersFor(catalog, requester, database, table)) {
    shown = unite(shown, filter.columns);
  }
  return shown;
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
  const holds = holdsFor(requester);
  return holders(requester).some(holder => {
    for (const grant of catalog.grants.ofPrincipal(holder)) {
      if (
        grant.resource.kind === 'dataLocation' &&
        isUnder(path, s3Path(grant.resource.arn)) &&
        holds(grant)
      ) {
        return true;
      }
    }
    return false;
  });
}
