import type {
  BatchPermissionsRequestEntry,
  Permission,
  Resource,
} from '@aws-sdk/client-lakeformation';
import {
  ALL_COLUMNS,
  ColumnSet,
  NO_COLUMNS,
  intersectColumns,
  isAllColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from '../model/ColumnSet';
import { GrantWant, Grantee } from '../model/GrantWant';
import { ALL_TABLES, Place, orderedTags } from '../model/Place';
import { Rights, TableAccess } from '../model/TableAccess';

export { ALL_TABLES };

const partial = (select: ColumnSet) =>
  isAllColumns(select) ? NO_COLUMNS : select;

const readTags = (
  tags: ReadonlyArray<{ TagKey?: string; TagValues?: string[] }>,
) =>
  orderedTags(
    tags.map(({ TagKey = '', TagValues = [] }) => ({
      key: TagKey,
      values: TagValues,
    })),
  );

/** One permission change on one resource: an entry of a batch without its id. */
export type PermissionEntry = Required<
  Pick<BatchPermissionsRequestEntry, 'Principal' | 'Resource' | 'Permissions'>
> &
  Pick<
    BatchPermissionsRequestEntry,
    'PermissionsWithGrantOption' | 'Condition'
  >;

const wireTags = (expression: { key: string; values: string[] }[]) =>
  expression.map(({ key, values }) => ({ TagKey: key, TagValues: values }));

/** A place as a request names it, with all columns where it is a table. */
export function wireResource(place: Place): Resource {
  const { catalogId: CatalogId } = place;
  switch (place.kind) {
    case 'table':
      return {
        Table: {
          CatalogId,
          DatabaseName: place.database,
          ...(place.table === ALL_TABLES
            ? { TableWildcard: {} }
            : { Name: place.table }),
        },
      };
    case 'database':
      return { Database: { CatalogId, Name: place.database } };
    case 'filter':
      return {
        DataCellsFilter: {
          TableCatalogId: CatalogId,
          DatabaseName: place.database,
          TableName: place.table,
          Name: place.filter,
        },
      };
    case 'tagPolicy':
      return {
        LFTagPolicy: {
          CatalogId,
          ResourceType: place.reaches,
          Expression: wireTags(place.expression),
        },
      };
    case 'tag':
      return {
        LFTag: { CatalogId, TagKey: place.key, TagValues: place.values },
      };
    default:
      return { DataLocation: { CatalogId, ResourceArn: place.arn } };
  }
}

function columnsResource(place: Place, columns: ColumnSet): Resource {
  if (place.kind !== 'table' || place.table === ALL_TABLES) {
    return wireResource(place);
  }
  return {
    TableWithColumns: {
      CatalogId: place.catalogId,
      DatabaseName: place.database,
      Name: place.table,
      ...('only' in columns
        ? { ColumnNames: columns.only }
        : {
            ColumnWildcard: columns.except.length
              ? { ExcludedColumnNames: columns.except }
              : {},
          }),
    },
  };
}

const entry = (
  { principalId, condition }: Grantee,
  resource: Resource,
  permissions: string[],
  passOn: string[] = [],
): PermissionEntry => ({
  Principal: { DataLakePrincipalIdentifier: principalId },
  ...(condition && { Condition: { Expression: condition } }),
  Resource: resource,
  Permissions: permissions as Permission[],
  ...(passOn.length > 0 && {
    PermissionsWithGrantOption: passOn as Permission[],
  }),
});

const NO_RIGHTS: Rights = { permissions: [], select: NO_COLUMNS };

const listed = ({ permissions, select }: Rights) => [
  ...(isAllColumns(select) ? ['SELECT'] : []),
  ...permissions,
];

/**
 * A want as one entry. Access to a whole table with DESCRIBE goes on the table;
 * SELECT alone goes on the columns, the form in which Lake Formation accepts it
 * beside SELECT on some of them. What may be passed on must be granted with it.
 */
export function wantEntry(
  grantee: Grantee,
  { place, access }: GrantWant,
): PermissionEntry {
  const passOn = access.passOn ?? NO_RIGHTS;
  const permissions = [
    ...new Set([...access.permissions, ...passOn.permissions]),
  ].sort();
  const select = uniteColumns(access.select, passOn.select);
  return permissions.length === 0
    ? entry(
        grantee,
        columnsResource(place, select),
        ['SELECT'],
        isNoColumns(passOn.select) ? [] : ['SELECT'],
      )
    : entry(
        grantee,
        wireResource(place),
        listed({ permissions, select }),
        listed(passOn),
      );
}

/**
 * The entries that revoke an access. DESCRIBE and its like come first and on
 * their own where a part of the columns stays: Lake Formation refuses to narrow
 * SELECT beside them.
 */
export function revokeEntries(
  grantee: Grantee,
  { place, access }: GrantWant,
): { first: PermissionEntry[]; then: PermissionEntry[] } {
  const passOn = access.passOn ?? NO_RIGHTS;
  const onPlace = listed(access);
  const passOnPlace = listed(passOn);
  const columns = partial(access.select);
  const passOnColumns = partial(passOn.select);
  const both = intersectColumns(columns, passOnColumns);
  const byColumns: Array<[ColumnSet, string[], string[]]> = [
    [both, ['SELECT'], ['SELECT']],
    [subtractColumns(columns, both), ['SELECT'], []],
    [subtractColumns(passOnColumns, both), [], ['SELECT']],
  ];
  return {
    first:
      onPlace.length + passOnPlace.length > 0
        ? [entry(grantee, wireResource(place), onPlace, passOnPlace)]
        : [],
    then: byColumns
      .filter(([set]) => !isNoColumns(set))
      .map(([set, permissions, option]) =>
        entry(grantee, columnsResource(place, set), permissions, option),
      ),
  };
}

/** What an entry of a call or a line of a listing says about one place. */
export interface PlacedAccess extends GrantWant {
  /** Whether the access is on chosen columns. */
  byColumns: boolean;
}

/**
 * Reads a resource and its permissions back as what is where.
 *
 * @returns undefined where the resource is none that is granted on here
 */
export function readEntry(
  resource: Resource | undefined,
  permissions: readonly string[] | undefined,
  passOn: readonly string[] | undefined,
  defaultCatalogId: string,
): PlacedAccess | undefined {
  const place = resource && readPlace(resource, defaultCatalogId);
  if (!place || !permissions) return undefined;
  const withColumns = resource.TableWithColumns;
  const columns = withColumns ? columnsOf(withColumns) : ALL_COLUMNS;
  const option = rightsOf(passOn ?? [], columns);
  return {
    place,
    access: {
      ...rightsOf(permissions, columns),
      ...(passOn?.length && { passOn: option }),
    },
    byColumns: withColumns !== undefined,
  };
}

function readPlace(
  resource: Resource,
  defaultCatalogId: string,
): Place | undefined {
  const table = resource.Table ?? resource.TableWithColumns;
  if (table) {
    const name = resource.Table?.TableWildcard ? ALL_TABLES : table.Name;
    if (!table.DatabaseName || !name) return undefined;
    return {
      kind: 'table',
      catalogId: table.CatalogId ?? defaultCatalogId,
      database: table.DatabaseName,
      table: name,
    };
  }
  const { Database, DataCellsFilter, DataLocation, LFTag, LFTagPolicy } =
    resource;
  if (Database?.Name) {
    return {
      kind: 'database',
      catalogId: Database.CatalogId ?? defaultCatalogId,
      database: Database.Name,
    };
  }
  if (DataCellsFilter) {
    const { TableCatalogId, DatabaseName, TableName, Name } = DataCellsFilter;
    if (!DatabaseName || !TableName || !Name) return undefined;
    return {
      kind: 'filter',
      catalogId: TableCatalogId ?? defaultCatalogId,
      database: DatabaseName,
      table: TableName,
      filter: Name,
    };
  }
  if (LFTagPolicy?.Expression) {
    return {
      kind: 'tagPolicy',
      catalogId: LFTagPolicy.CatalogId ?? defaultCatalogId,
      reaches: LFTagPolicy.ResourceType === 'DATABASE' ? 'DATABASE' : 'TABLE',
      expression: readTags(LFTagPolicy.Expression),
    };
  }
  if (LFTag) {
    const [{ key, values }] = readTags([LFTag]);
    return {
      kind: 'tag',
      catalogId: LFTag.CatalogId ?? defaultCatalogId,
      key,
      values,
    };
  }
  return DataLocation?.ResourceArn
    ? {
        kind: 'location',
        catalogId: DataLocation.CatalogId ?? defaultCatalogId,
        arn: DataLocation.ResourceArn,
      }
    : undefined;
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

function rightsOf(
  permissions: readonly string[],
  columns: ColumnSet,
): TableAccess {
  return {
    permissions: permissions.filter(one => one !== 'SELECT').sort(),
    select: permissions.includes('SELECT') ? columns : NO_COLUMNS,
  };
}
