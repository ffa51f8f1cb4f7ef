import { isAdministrator, seesEverything } from './administrators';
import { Catalog } from '../state/EmulatorState';
import {
  DataCellsFilterRecord,
  filterKey,
} from '../catalog/DataCellsFilterRecord';
import { ALL_COLUMNS, ColumnSelection } from '../grants/ColumnSelection';
import { withFilterRights } from './filterAccess';
import { ALL_TABLES, GrantResource } from '../grants/Grant';
import {
  EffectiveHolding,
  filtersFrom,
  holdingFrom,
  isInside,
  reachesFrom,
  uniteSelections,
} from './holdings';
import { isLeftToIamInside, leftToIam } from './iamAccess';
import { isUnder, s3Path } from '../state/locations';
import {
  PERMISSIONS_BY_RESOURCE,
  Permission,
  covers,
} from '../grants/Permission';
import {
  seesSharedDatabase,
  sharedFilters,
  sharedHolding,
} from './sharedAccess';
import { GrantSource, Requester, ownSource, sharedSources } from './sources';

export { isAdministrator, seesEverything } from './administrators';
export type { EffectiveHolding } from './holdings';
export { holders } from './sources';
export type { Requester } from './sources';

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

/** Whether a source has a location, or one that contains it. */
const reachesLocation =
  (path: string) =>
  ({ grants, holders: grantees, counts }: GrantSource): boolean =>
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
    });

/**
 * Whether the requester may point databases and tables at a registered
 * location: by a grant on it or on what contains it. Administrators may
 * everywhere, those of another account where the account may.
 */
export function hasDataLocationAccess(
  catalog: Catalog,
  requester: Requester,
  location: string,
): boolean {
  if (isAdministrator(catalog, requester.principal)) return true;
  const reaches = reachesLocation(s3Path(location));
  if (!isForeign(catalog, requester)) {
    return reaches(ownSource(catalog, requester));
  }
  const shared = sharedSources(catalog, requester);
  return (
    reaches(shared.direct) ||
    (reaches(shared.account) &&
      (shared.isAdministrator || reaches(shared.passedOn)))
  );
}
