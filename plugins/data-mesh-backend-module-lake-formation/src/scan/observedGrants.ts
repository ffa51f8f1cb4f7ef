import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, isAllColumns, isNoColumns } from '../model/ColumnSet';
import { granteeKey } from '../model/GrantWant';
import { ALL_TABLES, TablePlace, placeInWords, placeKey } from '../model/Place';
import { Rights } from '../model/TableAccess';
import { ListedGrant } from '../steps/GrantReader';

type ObservedResource = ObservedGrant['resource'];

type Restriction = Pick<ObservedResource, 'columns' | 'excludedColumns'>;

/**
 * A listing as grants that people read: lines of one grantee in one place are
 * one grant, except where they are about different columns.
 */
export function observedGrants(
  listed: ListedGrant[],
  readPrincipal: (id: string) => Principal,
): ObservedGrant[] {
  const grants = new Map<string, ObservedGrant>();
  for (const line of listed) {
    const key = JSON.stringify([
      granteeKey(line),
      placeKey(line.place),
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
  line: ListedGrant,
  readPrincipal: (id: string) => Principal,
): ObservedGrant {
  const [share] = line.shares;
  return {
    principal: readPrincipal(line.principalId),
    resource: resourceOf(line),
    permissions: permissionsOf(line.access),
    grantable: permissionsOf(line.access.passOn),
    ...(line.condition && { condition: line.condition }),
    ...(share && { resourceShare: share }),
    ...(line.updatedAt && { updatedAt: line.updatedAt.toISOString() }),
    ...(line.updatedBy && { updatedBy: line.updatedBy }),
  };
}

function joined(grant: ObservedGrant, line: ListedGrant): ObservedGrant {
  const isNewer =
    line.updatedAt &&
    (!grant.updatedAt || line.updatedAt.toISOString() > grant.updatedAt);
  return {
    ...grant,
    permissions: union(grant.permissions, permissionsOf(line.access)),
    grantable: union(grant.grantable, permissionsOf(line.access.passOn)),
    ...(isNewer && {
      updatedAt: line.updatedAt?.toISOString(),
      updatedBy: line.updatedBy,
    }),
  };
}

function union(a: string[], b: string[]) {
  return [...new Set([...a, ...b])].sort();
}

function permissionsOf(rights: Rights | undefined): string[] {
  if (!rights) return [];
  return isNoColumns(rights.select)
    ? rights.permissions
    : union(rights.permissions, ['SELECT']);
}

/** What a line is on, as {@link explainsGrant} reads it back. */
function resourceOf({ place, access }: ListedGrant): ObservedResource {
  const { catalogId } = place;
  const words = placeInWords(place).replaceAll('`', '');
  switch (place.kind) {
    case 'table':
      return tableOf(place, restriction(access.select));
    case 'filter': {
      const { database, table, filter } = place;
      return {
        words,
        kind: 'data-cells-filter',
        catalogId,
        database,
        table,
        filter,
      };
    }
    case 'tagPolicy':
      return {
        words,
        kind: 'tag-policy',
        catalogId,
        tagExpression: place.expression,
        tagPolicyReach: place.reaches === 'TABLE' ? 'tables' : 'databases',
      };
    case 'database':
      return { words, kind: 'database', catalogId, database: place.database };
    case 'location':
      return { words, kind: 'data-location', catalogId, location: place.arn };
    default:
      return {
        words,
        kind: 'lf-tag',
        catalogId,
        tagExpression: [{ key: place.key, values: place.values }],
      };
  }
}

function tableOf(
  { catalogId, database, table }: TablePlace,
  restricted: Restriction,
): ObservedResource {
  if (table === ALL_TABLES) {
    const words = `all tables of ${database}`;
    return { words, kind: 'all-tables', catalogId, database };
  }
  const name = `${database}.${table}`;
  const { columns, excludedColumns } = restricted;
  const words =
    (columns && `${name} (${columns.join(', ')})`) ||
    (excludedColumns && `${name} (all but ${excludedColumns.join(', ')})`) ||
    name;
  const kind = columns || excludedColumns ? 'columns' : 'table';
  return { words, kind, catalogId, database, table, ...restricted };
}

function restriction(select: ColumnSet): Restriction {
  if (isNoColumns(select) || isAllColumns(select)) return {};
  return 'only' in select
    ? { columns: select.only }
    : { excludedColumns: select.except };
}
