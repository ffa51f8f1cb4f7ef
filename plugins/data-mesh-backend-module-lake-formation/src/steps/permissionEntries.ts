import type {
  BatchPermissionsRequestEntry,
  Permission,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { ColumnSet, isAllColumns, isNoColumns } from '../model/ColumnSet';
import { TableAccess } from '../model/TableAccess';
import { TableRef, TableWant } from '../model/TableWant';

/** The name under which Lake Formation lists a grant on all tables. */
export const ALL_TABLES = 'ALL_TABLES';

/** One permission change on one resource: an entry of a batch without its id. */
export type PermissionEntry = Required<
  Pick<BatchPermissionsRequestEntry, 'Principal' | 'Resource' | 'Permissions'>
>;

const tableResource = (ref: TableRef): Resource => ({
  Table: {
    CatalogId: ref.catalogId,
    DatabaseName: ref.database,
    Name: ref.table,
  },
});

const columnsResource = (ref: TableRef, columns: ColumnSet): Resource => ({
  TableWithColumns: {
    CatalogId: ref.catalogId,
    DatabaseName: ref.database,
    Name: ref.table,
    ...('only' in columns
      ? { ColumnNames: columns.only }
      : {
          ColumnWildcard: columns.except.length
            ? { ExcludedColumnNames: columns.except }
            : {},
        }),
  },
});

const entry = (
  principalId: string,
  resource: Resource,
  permissions: string[],
): PermissionEntry => ({
  Principal: { DataLakePrincipalIdentifier: principalId },
  Resource: resource,
  Permissions: permissions as Permission[],
});

/**
 * A want as one entry. Access to a whole table with DESCRIBE goes on the table;
 * SELECT alone goes on the columns, the form in which Lake Formation accepts it
 * beside SELECT on some of them.
 */
export function wantEntry(
  principalId: string,
  want: TableWant,
): PermissionEntry {
  const { permissions, select } = want.access;
  if (permissions.length === 0) {
    return entry(principalId, columnsResource(want, select), ['SELECT']);
  }
  return entry(principalId, tableResource(want), [
    ...(isAllColumns(select) ? ['SELECT'] : []),
    ...permissions,
  ]);
}

/**
 * The entries that revoke an access. DESCRIBE and its like come first and on
 * their own where a part of the columns stays: Lake Formation refuses to narrow
 * SELECT beside them.
 */
export function revokeEntries(
  principalId: string,
  { access, ...ref }: TableWant,
): { first: PermissionEntry[]; then: PermissionEntry[] } {
  const { permissions, select } = access;
  const onTable = isAllColumns(select)
    ? ['SELECT', ...permissions]
    : permissions;
  const byColumns = !isNoColumns(select) && !isAllColumns(select);
  return {
    first: onTable.length
      ? [entry(principalId, tableResource(ref), onTable)]
      : [],
    then: byColumns
      ? [entry(principalId, columnsResource(ref, select), ['SELECT'])]
      : [],
  };
}

/**
 * Reads a resource and its permissions back as what is on which table.
 *
 * @returns undefined where the resource is no named table
 */
export function readTableEntry(
  resource: Resource | undefined,
  permissions: readonly string[] | undefined,
  defaultCatalogId: string,
): TableWant | undefined {
  const table = resource?.Table;
  const columns = resource?.TableWithColumns;
  const place = table ?? columns;
  if (!place?.DatabaseName || !permissions) return undefined;
  const name = table?.TableWildcard ? ALL_TABLES : place.Name;
  if (!name) return undefined;
  return {
    catalogId: place.CatalogId ?? defaultCatalogId,
    database: place.DatabaseName,
    table: name,
    access: readAccess(permissions, columns && columnsOf(columns)),
  };
}

function columnsOf(
  columns: NonNullable<Resource['TableWithColumns']>,
): ColumnSet {
  return columns.ColumnNames?.length
    ? { only: [...columns.ColumnNames].sort() }
    : {
        except: [...(columns.ColumnWildcard?.ExcludedColumnNames ?? [])].sort(),
      };
}

function readAccess(
  permissions: readonly string[],
  columns: ColumnSet = { except: [] },
): TableAccess {
  return {
    permissions: permissions.filter(one => one !== 'SELECT').sort(),
    select: permissions.includes('SELECT') ? columns : { only: [] },
  };
}
