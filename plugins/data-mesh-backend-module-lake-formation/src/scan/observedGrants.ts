import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, isAllColumns, isNoColumns } from '../model/ColumnSet';
import { qualifiedName } from '../model/TableWant';
import { ALL_TABLES } from '../steps/permissionEntries';
import { ListedPermission } from './ListedPermission';

/**
 * A listing as grants that people read: lines of one principal on one table are
 * one grant, except where they are about different columns.
 */
export function observedGrants(
  listed: ListedPermission[],
  readPrincipal: (id: string) => Principal,
): ObservedGrant[] {
  const grants = new Map<string, ObservedGrant>();
  for (const line of listed) {
    const key = JSON.stringify([
      line.principalId,
      line.catalogId,
      line.database,
      line.table,
      // All columns belongs to the line with the rest of the permissions.
      isNoColumns(line.access.select) || isAllColumns(line.access.select)
        ? 'whole'
        : line.access.select,
    ]);
    const known = grants.get(key);
    grants.set(key, known ? joined(known, line) : started(line, readPrincipal));
  }
  return [...grants.values()];
}

function started(
  line: ListedPermission,
  readPrincipal: (id: string) => Principal,
): ObservedGrant {
  const { database, table } = line;
  const columns = restriction(line.access.select);
  return {
    principal: readPrincipal(line.principalId),
    resource:
      table === ALL_TABLES
        ? { words: `all tables of ${database}`, database }
        : { words: inWords(line, columns), database, table, ...columns },
    permissions: permissionsOf(line),
    grantable: line.grantable,
    ...(line.updatedAt && { updatedAt: line.updatedAt.toISOString() }),
    ...(line.updatedBy && { updatedBy: line.updatedBy }),
  };
}

function joined(grant: ObservedGrant, line: ListedPermission): ObservedGrant {
  const isNewer =
    line.updatedAt &&
    (!grant.updatedAt || line.updatedAt.toISOString() > grant.updatedAt);
  return {
    ...grant,
    permissions: union(grant.permissions, permissionsOf(line)),
    grantable: union(grant.grantable, line.grantable),
    ...(isNewer && {
      updatedAt: line.updatedAt?.toISOString(),
      updatedBy: line.updatedBy,
    }),
  };
}

function union(a: string[], b: string[]) {
  return [...new Set([...a, ...b])].sort();
}

function permissionsOf({ access }: ListedPermission): string[] {
  return isNoColumns(access.select)
    ? access.permissions
    : union(access.permissions, ['SELECT']);
}

type Restriction = Pick<
  ObservedGrant['resource'],
  'columns' | 'excludedColumns'
>;

function restriction(select: ColumnSet): Restriction {
  if (isNoColumns(select) || isAllColumns(select)) return {};
  return 'only' in select
    ? { columns: select.only }
    : { excludedColumns: select.except };
}

function inWords(line: ListedPermission, restricted: Restriction): string {
  const name = qualifiedName(line);
  if (restricted.columns) return `${name} (${restricted.columns.join(', ')})`;
  if (restricted.excludedColumns) {
    return `${name} (all but ${restricted.excludedColumns.join(', ')})`;
  }
  return name;
}
