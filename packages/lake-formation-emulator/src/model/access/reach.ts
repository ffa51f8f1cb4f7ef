import { Catalog } from '../state/EmulatorState';
import { DatabaseRecord } from '../catalog/DatabaseRecord';
import { TableRecord } from '../catalog/TableRecord';
import { ALL_COLUMNS, ColumnSelection } from '../grants/ColumnSelection';
import {
  expressionOf,
  reachOfExpression,
  tagsOfDatabase,
} from './effectiveTags';
import { ALL_TABLES, Grant, GrantResource } from '../grants/Grant';
import { GrantBook } from '../grants/GrantBook';
import { Permission, covers } from '../grants/Permission';
import { matchesExpression } from '../grants/tagExpression';

/** What one grant gives on a resource that it reaches. */
export interface Reach {
  readonly grant: Grant;
  readonly permissions: readonly Permission[];
  readonly grantable: readonly Permission[];
  /** Columns on which it gives SELECT. */
  readonly columns?: ColumnSelection;
  /** Columns on which SELECT may be passed on. */
  readonly grantableColumns?: ColumnSelection;
  /** Columns that it shows. */
  readonly shows?: ColumnSelection;
}

const selects = (permissions: readonly Permission[]) =>
  covers(permissions, 'SELECT');

/** What a grant gives on the very resource that it is on. */
export function directReach(grant: Grant): Reach {
  const { permissions, grantable, columns } = grant;
  const held = selects(permissions) ? ALL_COLUMNS : columns?.held;
  return {
    grant,
    permissions,
    grantable,
    columns: held,
    grantableColumns: selects(grantable) ? ALL_COLUMNS : columns?.grantable,
    shows: permissions.length ? ALL_COLUMNS : held,
  };
}

/**
 * What remains of a policy that only some columns match: SELECT on them, and
 * DESCRIBE for what cannot be had on a part of a table.
 */
function partialReach(grant: Grant, columns: readonly string[]): Reach {
  const matching: ColumnSelection = { include: columns };
  const shrunk = (permissions: readonly Permission[]): Permission[] =>
    permissions.some(permission => permission !== 'SELECT') ? ['DESCRIBE'] : [];
  return {
    grant,
    permissions: shrunk(grant.permissions),
    grantable: shrunk(grant.grantable),
    columns: selects(grant.permissions) ? matching : undefined,
    grantableColumns: selects(grant.grantable) ? matching : undefined,
    shows: matching,
  };
}

/** What a grant by tag expression gives on a database, if it matches. */
export function reachOnDatabase(
  catalog: Catalog,
  grant: Grant,
  database: DatabaseRecord,
): Reach | undefined {
  const { resource } = grant;
  if (resource.kind !== 'lfTagPolicy' || resource.reaches !== 'DATABASE') {
    return undefined;
  }
  return matchesExpression(
    expressionOf(catalog, resource),
    tagsOfDatabase(database),
  )
    ? directReach(grant)
    : undefined;
}

/** What a grant by tag expression gives on a table, if it matches. */
export function reachOnTable(
  catalog: Catalog,
  grant: Grant,
  database: DatabaseRecord,
  table: TableRecord,
): Reach | undefined {
  const { resource } = grant;
  if (resource.kind !== 'lfTagPolicy' || resource.reaches !== 'TABLE') {
    return undefined;
  }
  const expression = expressionOf(catalog, resource);
  const reached = reachOfExpression(expression, database, table);
  if (reached === 'none') return undefined;
  return reached === 'all' ? directReach(grant) : partialReach(grant, reached);
}

/** Everything that one holder's grants give on a resource. */
export function* reachesOf(
  catalog: Catalog,
  grants: GrantBook,
  holder: string,
  resource: GrantResource,
): Iterable<Reach> {
  const { databases } = catalog;
  for (const grant of grants.held(holder, resource)) yield directReach(grant);
  if (resource.kind === 'table' && resource.table !== ALL_TABLES) {
    const onAll: GrantResource = { ...resource, table: ALL_TABLES };
    for (const grant of grants.held(holder, onAll)) yield directReach(grant);
  }
  if (resource.kind !== 'table' && resource.kind !== 'database') return;
  const database = databases.get(resource.database);
  if (!database) return;
  if (resource.kind === 'database') {
    for (const grant of grants.policies(holder)) {
      const reach = reachOnDatabase(catalog, grant, database);
      if (reach) yield reach;
    }
    return;
  }
  const table = database.tables.get(resource.table);
  if (!table) return;
  for (const grant of grants.policies(holder)) {
    const reach = reachOnTable(catalog, grant, database, table);
    if (reach) yield reach;
  }
}
