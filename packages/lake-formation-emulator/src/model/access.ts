import { isAdministrator, seesEverything } from './administrators';
import { Catalog, DataCellsFilterRecord, filterKey, optInKey } from './Catalog';
import { ALL_COLUMNS, ColumnSelection, coversColumns } from './ColumnSelection';
import { conditionHolds } from './conditions';
import { withFilterRights } from './filterAccess';
import { ALL_TABLES, GrantResource, PermissionChange } from './Grant';
import {
  EffectiveHolding,
  filtersFrom,
  holdingFrom,
  isInside,
  reachesFrom,
  uniteSelections,
} from './holdings';
import { isUnder, s3Path } from './locations';
import { PERMISSIONS_BY_RESOURCE, Permission, covers } from './Permission';
import { TAG_GRANTING, resourcesOfPolicy } from './policyAccess';
import { IAM_ALLOWED_PRINCIPALS } from './principals';
import {
  columnsOfGrantableFilters,
  seesSharedDatabase,
  sharedFilters,
  sharedHolding,
} from './sharedAccess';
import {
  GrantSource,
  Requester,
  holders,
  ownSource,
  sharedSources,
} from './sources';

export { isAdministrator, seesEverything } from './administrators';
export type { EffectiveHolding } from './holdings';
export { holders } from './sources';
export type { Requester } from './sources';

/** A grant on all tables of a database reaches each of them. */
const reachedBy = (resource: GrantResource): GrantResource[] =>
  resource.kind === 'table' && resource.table !== ALL_TABLES
    ? [resource, { ...resource, table: ALL_TABLES }]
    : [resource];

const isForeign = (catalog: Catalog, { account }: Requester) =>
  account !== catalog.accountId;

/** Who made a tag, a saved expression or a filter has everything on it. */
export function creatorOf(catalog: Catalog, resource: GrantResource) {
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

/** Joins every grant that reaches the requester on the resource. */
export function effectiveHolding(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): EffectiveHolding {
  const held = isForeign(catalog, requester)
    ? sharedHolding(catalog, requester, resource)
    : ownHolding(catalog, requester, resource);
  return resource.kind === 'dataCellsFilter'
    ? withFilterRights(catalog, requester, resource, held)
    : held;
}

function ownHolding(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): EffectiveHolding {
  const hasCreator =
    resource.kind === 'lfTag' ||
    resource.kind === 'lfTagExpression' ||
    resource.kind === 'dataCellsFilter';
  if (hasCreator && creatorOf(catalog, resource) === requester.principal) {
    const all = PERMISSIONS_BY_RESOURCE[resource.kind];
    return { permissions: all, grantable: all };
  }
  return holdingFrom(catalog, ownSource(catalog, requester), resource);
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
  if (isForeign(catalog, requester)) {
    return seesSharedDatabase(catalog, requester, database);
  }
  const source = ownSource(catalog, requester);
  if (isInside(source, database)) return true;
  const resource: GrantResource = { kind: 'database', database };
  for (const reach of reachesFrom(catalog, source, resource)) {
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
export function filtersFor(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: string,
): DataCellsFilterRecord[] {
  if (isForeign(catalog, requester)) {
    return sharedFilters(catalog, requester, database, table);
  }
  const source = ownSource(catalog, requester);
  return filtersFrom(catalog, source, database, table).map(
    ({ filter }) => filter,
  );
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
    shown = uniteSelections(shown, filter.columns);
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

/** A table that was shared through filters may be passed on within them. */
const grantableByFilters = (
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): ColumnSelection | undefined =>
  resource.kind === 'table' && isForeign(catalog, requester)
    ? columnsOfGrantableFilters(
        catalog,
        requester,
        resource.database,
        resource.table,
      )
    : undefined;

/** Whoever may grant with all tags of a policy may grant by it. */
const mayGrantByTags = (
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): boolean =>
  resource.kind === 'lfTagPolicy' &&
  resourcesOfPolicy(resource).every(needed =>
    effectiveHolding(catalog, requester, needed).permissions.includes(
      TAG_GRANTING,
    ),
  );

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
  if (mayGrantByTags(catalog, requester, change.resource)) return true;
  if (change.columns) {
    const passable = uniteSelections(
      held.grantableColumns,
      grantableByFilters(catalog, requester, change.resource),
    );
    return passable !== undefined && coversColumns(passable, change.columns);
  }
  return (
    wanted.length > 0 &&
    wanted.every(permission => covers(held.grantable, permission))
  );
}

/** Where grants on locations are found. */
function locationSources(
  catalog: Catalog,
  requester: Requester,
): GrantSource[] {
  if (!isForeign(catalog, requester)) return [ownSource(catalog, requester)];
  const shared = sharedSources(catalog, requester);
  return shared.isAdministrator
    ? [shared.direct, shared.account]
    : [shared.direct];
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
  return locationSources(catalog, requester).some(
    ({ grants, holders: grantees, counts }) =>
      grantees.some(holder => {
        for (const grant of grants.ofPrincipal(holder)) {
          if (
            grant.resource.kind === 'dataLocation' &&
            isUnder(path, s3Path(grant.resource.arn)) &&
            counts(grant)
          ) {
            return true;
          }
        }
        return false;
      }),
  );
}
