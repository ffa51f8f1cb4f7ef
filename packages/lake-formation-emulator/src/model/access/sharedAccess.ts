import { Catalog } from '../state/EmulatorState';
import { DataCellsFilterRecord } from '../catalog/DataCellsFilterRecord';
import { locationOf } from '../catalog/TableRecord';
import {
  ColumnSelection,
  intersectColumns,
  isNoColumns,
} from '../grants/ColumnSelection';
import { GrantResource, ResourceOfKind } from '../grants/Grant';
import {
  EffectiveHolding,
  NO_HOLDING,
  commonPermissions,
  filtersFrom,
  holdingFrom,
  intersectHoldings,
  isInside,
  isNoHolding,
  uniteHoldings,
  uniteSelections,
} from './holdings';
import { registeredLocation } from '../state/locations';
import { Permission, sortedUnion } from '../grants/Permission';
import { isOptedInAcrossAccounts, reachedBy } from './optedIn';
import { IAM_ALLOWED_PRINCIPALS } from '../iam/principals';
import { crossAccountVersion } from '../sharing/arrival';
import { GrantSource, Requester, sharedSources } from './sources';
import { isPartOfExpression } from '../grants/tagExpression';

/** Where the data of a database or table is. */
function locationOfResource(
  catalog: Catalog,
  resource: GrantResource,
): string | undefined {
  if (!('database' in resource)) return undefined;
  const database = catalog.databases.get(resource.database);
  if (resource.kind === 'database') return database?.locationUri;
  const table = database?.tables.get(resource.table);
  return table && locationOf(table);
}

/** Cross-account versions from this one on know hybrid access mode. */
const HYBRID_VERSION = 4;

/** Whether IAM_ALLOWED_PRINCIPALS holds anything on the resource. */
const isOpenToIam = ({ grants }: Catalog, resource: GrantResource) =>
  reachedBy(resource).some(
    reached => grants.get(IAM_ALLOWED_PRINCIPALS, reached) !== undefined,
  );

/**
 * Whether IAM_ALLOWED_PRINCIPALS stands in the way of sharing the resource. It
 * does not where the location is registered in hybrid access mode.
 */
export function isHeldByIam(
  catalog: Catalog,
  resource: GrantResource,
): boolean {
  if (!isOpenToIam(catalog, resource)) return false;
  const location = locationOfResource(catalog, resource);
  const registered = location && registeredLocation(catalog, location);
  return !(
    registered &&
    registered.hybridAccessEnabled &&
    crossAccountVersion(catalog) >= HYBRID_VERSION
  );
}

/**
 * Whether a shared resource is of no use to the requester: IAM holds it, or it
 * is in hybrid access mode and they are not opted in. Administrators pass on
 * what their account got without being opted in themselves.
 */
function isOutOfReach(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
  isExempt: boolean,
): boolean {
  if (isHeldByIam(catalog, resource)) return true;
  return (
    !isExempt &&
    isOpenToIam(catalog, resource) &&
    !isOptedInAcrossAccounts(catalog, requester, resource)
  );
}

/** What a read-only administrator sees of what the account got. */
const onlySeen = ({
  permissions,
  columns,
  shows,
}: EffectiveHolding): EffectiveHolding => ({
  permissions: permissions.length || columns ? ['DESCRIBE'] : [],
  grantable: [],
  shows,
});

/**
 * What a requester holds of another account's catalog: what was granted to them
 * there; of what was granted to their account everything as its administrator,
 * and otherwise what an administrator has passed on, as far as it is shared.
 */
export function sharedHolding(
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
): EffectiveHolding {
  const sources = sharedSources(catalog, requester);
  if (isOutOfReach(catalog, requester, resource, sources.seesEverything)) {
    return NO_HOLDING;
  }
  const from = (source: GrantSource) => holdingFrom(catalog, source, resource);
  const ofAccount = from(sources.account);
  const own = uniteHoldings(
    from(sources.direct),
    sources.isAdministrator
      ? ofAccount
      : intersectHoldings(ofAccount, from(sources.passedOn)),
  );
  return sources.seesEverything && !sources.isAdministrator
    ? uniteHoldings(own, onlySeen(ofAccount))
    : own;
}

/** What a source's tag policies let be granted by a policy within theirs. */
function grantableByPolicies(
  { grants, holders, counts }: GrantSource,
  wanted: ResourceOfKind<'lfTagPolicy'>,
): readonly Permission[] {
  if (!('expression' in wanted)) return [];
  let grantable: readonly Permission[] = [];
  for (const holder of holders) {
    for (const grant of grants.policies(holder)) {
      const { resource } = grant;
      const isWithin =
        resource.kind === 'lfTagPolicy' &&
        'expression' in resource &&
        resource.reaches === wanted.reaches &&
        isPartOfExpression(wanted.expression, resource.expression);
      if (isWithin && counts(grant)) {
        grantable = sortedUnion(grantable, grant.grantable);
      }
    }
  }
  return grantable;
}

/**
 * What a requester may pass on by a tag policy of another account: what their
 * account, and they themselves, got by the same expression or one that contains
 * it.
 */
export function grantableOnPolicy(
  catalog: Catalog,
  requester: Requester,
  wanted: ResourceOfKind<'lfTagPolicy'>,
): readonly Permission[] {
  const sources = sharedSources(catalog, requester);
  const ofAccount = grantableByPolicies(sources.account, wanted);
  return sources.isAdministrator
    ? ofAccount
    : commonPermissions(
        ofAccount,
        grantableByPolicies(sources.passedOn, wanted),
      );
}

function withColumns(
  filter: DataCellsFilterRecord,
  columns: ColumnSelection | undefined,
): DataCellsFilterRecord[] {
  const common = columns && intersectColumns(filter.columns, columns);
  return common && !isNoColumns(common) ? [{ ...filter, columns: common }] : [];
}

/**
 * The filters of a shared table that a requester reads through. What is passed
 * on of a table that was shared through a filter is what both let through.
 */
export function sharedFilters(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: string,
): DataCellsFilterRecord[] {
  const resource: GrantResource = { kind: 'table', database, table };
  const sources = sharedSources(catalog, requester);
  if (isOutOfReach(catalog, requester, resource, sources.seesEverything)) {
    return [];
  }
  const from = (source: GrantSource) =>
    filtersFrom(catalog, source, database, table).map(({ filter }) => filter);
  const direct = from(sources.direct);
  const ofAccount = from(sources.account);
  if (sources.seesEverything) return [...direct, ...ofAccount];
  const filtersPassedOn = from(sources.passedOn);
  const { columns } = holdingFrom(catalog, sources.passedOn, resource);
  return [
    ...direct,
    ...ofAccount.flatMap(filter =>
      filtersPassedOn.includes(filter)
        ? [filter]
        : withColumns(filter, columns),
    ),
  ];
}

/** Columns of a shared table that filters let a requester pass on. */
export function columnsOfGrantableFilters(
  catalog: Catalog,
  requester: Requester,
  database: string,
  table: string,
): ColumnSelection | undefined {
  const { account, isAdministrator } = sharedSources(catalog, requester);
  if (!isAdministrator) return undefined;
  return filtersFrom(catalog, account, database, table)
    .filter(({ isGrantable }) => isGrantable)
    .map(({ filter }): ColumnSelection | undefined => filter.columns)
    .reduce(uniteSelections, undefined);
}

const showsAnything = (
  catalog: Catalog,
  requester: Requester,
  resource: GrantResource,
) =>
  !isNoHolding(sharedHolding(catalog, requester, resource)) ||
  (resource.kind === 'table' &&
    sharedFilters(catalog, requester, resource.database, resource.table)
      .length > 0);

/** Whether anything that reaches the requester shows a database of another account. */
export function seesSharedDatabase(
  catalog: Catalog,
  requester: Requester,
  database: string,
): boolean {
  const resource: GrantResource = { kind: 'database', database };
  if (!isNoHolding(sharedHolding(catalog, requester, resource))) return true;
  const { direct, account, passedOn, ...requesting } = sharedSources(
    catalog,
    requester,
  );
  if (isInside(direct, database)) return true;
  if (!isInside(account, database)) return false;
  if (requesting.seesEverything) return true;
  for (const holder of passedOn.holders) {
    for (const grant of passedOn.grants.inside(holder, database)) {
      if (
        passedOn.counts(grant) &&
        showsAnything(catalog, requester, grant.resource)
      ) {
        return true;
      }
    }
  }
  return false;
}
