import { Catalog } from '../state/EmulatorState';
import {
  DataCellsFilterRecord,
  filterKey,
} from '../catalog/DataCellsFilterRecord';
import {
  ColumnSelection,
  intersectColumns,
  isNoColumns,
  uniteColumns,
} from '../grants/ColumnSelection';
import { GrantResource } from '../grants/Grant';
import { Permission, covers, sortedUnion } from '../grants/Permission';
import { Reach, reachesOf } from './reach';
import { GrantSource } from './sources';
import { tagHolding } from './tagHolding';

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

export const NO_HOLDING: EffectiveHolding = { permissions: [], grantable: [] };

export const uniteSelections = (
  a: ColumnSelection | undefined,
  b: ColumnSelection | undefined,
) => (a && b ? uniteColumns(a, b) : a ?? b);

function intersectSelections(
  a: ColumnSelection | undefined,
  b: ColumnSelection | undefined,
): ColumnSelection | undefined {
  const common = a && b && intersectColumns(a, b);
  return common && !isNoColumns(common) ? common : undefined;
}

/** What two holdings give together. */
export const uniteHoldings = (
  a: EffectiveHolding,
  b: EffectiveHolding,
): EffectiveHolding => ({
  permissions: sortedUnion(a.permissions, b.permissions),
  grantable: sortedUnion(a.grantable, b.grantable),
  columns: uniteSelections(a.columns, b.columns),
  grantableColumns: uniteSelections(a.grantableColumns, b.grantableColumns),
  shows: uniteSelections(a.shows, b.shows),
});

/** What two lists of permissions cover both, where ALL covers everything. */
export const commonPermissions = (
  a: readonly Permission[],
  b: readonly Permission[],
): Permission[] =>
  sortedUnion(
    a.filter(permission => covers(b, permission)),
    b.filter(permission => covers(a, permission)),
  );

/** What two holdings both give: nobody passes on more than was shared. */
export const intersectHoldings = (
  a: EffectiveHolding,
  b: EffectiveHolding,
): EffectiveHolding => ({
  permissions: commonPermissions(a.permissions, b.permissions),
  grantable: commonPermissions(a.grantable, b.grantable),
  columns: intersectSelections(a.columns, b.columns),
  grantableColumns: intersectSelections(a.grantableColumns, b.grantableColumns),
  shows: intersectSelections(a.shows, b.shows),
});

export const isNoHolding = ({
  permissions,
  columns,
  shows,
}: EffectiveHolding) => permissions.length === 0 && !columns && !shows;

/** Everything that a source's grants give on a resource, one by one. */
export function* reachesFrom(
  catalog: Catalog,
  source: GrantSource,
  resource: GrantResource,
): Iterable<Reach> {
  for (const holder of source.holders) {
    for (const reach of reachesOf(catalog, source.grants, holder, resource)) {
      if (source.counts(reach.grant)) yield reach;
    }
  }
}

/** Joins every grant of a source that reaches the resource. */
export function holdingFrom(
  catalog: Catalog,
  source: GrantSource,
  resource: GrantResource,
): EffectiveHolding {
  if (resource.kind === 'lfTag') {
    const grants = source.holders
      .flatMap(holder => [...source.grants.onTag(holder, resource.key)])
      .filter(grant => source.counts(grant));
    return tagHolding(catalog, grants, resource, false);
  }
  let held = NO_HOLDING;
  for (const reach of reachesFrom(catalog, source, resource)) {
    held = uniteHoldings(held, reach);
  }
  return held;
}

/** Whether a source has anything on a database, its tables or their filters. */
export function isInside(
  { grants, holders, counts }: GrantSource,
  database: string,
): boolean {
  return holders.some(holder => {
    for (const grant of grants.inside(holder, database)) {
      if (counts(grant)) return true;
    }
    return false;
  });
}

/** A data cells filter that somebody may read through. */
export interface HeldFilter {
  readonly filter: DataCellsFilterRecord;
  readonly isGrantable: boolean;
}

/** The filters of a table on which a source has SELECT. */
export function filtersFrom(
  catalog: Catalog,
  { grants, holders, counts }: GrantSource,
  database: string,
  table: string,
): HeldFilter[] {
  const found = new Map<string, HeldFilter>();
  for (const holder of holders) {
    for (const grant of grants.filters(holder, database, table)) {
      const { resource, permissions, grantable } = grant;
      if (resource.kind !== 'dataCellsFilter') continue;
      if (!permissions.includes('SELECT') || !counts(grant)) continue;
      const filter = catalog.dataCellsFilters.get(
        filterKey(database, table, resource.filter),
      );
      if (!filter) continue;
      const before = found.get(filter.name);
      const isGrantable =
        grantable.includes('SELECT') || (before?.isGrantable ?? false);
      found.set(filter.name, { filter, isGrantable });
    }
  }
  return [...found.values()];
}
