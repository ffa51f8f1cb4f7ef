import type {
  BatchPermissionsRequestEntry,
  Permission,
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { InputError } from '@backstage/errors';
import type { TagExpression } from '@lakemesh/backstage-plugin-data-mesh-common';
import { NO_RIGHTS, chosenColumns, readAccess, wholeNames } from './access';
import {
  ALL_COLUMNS,
  ColumnSet,
  intersectColumns,
  isNoColumns,
  subtractColumns,
  uniteColumns,
} from './columns';
import { Grant, Grantee, ResourceAccess } from './grant';
import { LakeResource, allTables, orderedTags } from './resource';
import { resourceInWords } from './words';

/** The name under which Lake Formation lists a grant on all tables. */
const ALL_TABLES = 'ALL_TABLES';

/** One permission change on one resource: an entry of a batch without its id. */
export type PermissionEntry = Required<
  Pick<BatchPermissionsRequestEntry, 'Principal' | 'Resource' | 'Permissions'>
> &
  Pick<
    BatchPermissionsRequestEntry,
    'PermissionsWithGrantOption' | 'Condition'
  >;

/** A line of a listing. */
export interface ListedGrant extends Grant {
  /** ARNs of the RAM shares that carry it to another account. */
  shares: string[];
  updatedAt?: Date;
  updatedBy?: string;
}

interface WireTag {
  TagKey?: string;
  TagValues?: string[];
}

export const wireTags = (expression: TagExpression) =>
  expression.map(({ key, values }) => ({ TagKey: key, TagValues: values }));

export const readTags = (tags: readonly WireTag[]): TagExpression =>
  orderedTags(
    tags.map(({ TagKey = '', TagValues = [] }) => ({
      key: TagKey,
      values: TagValues,
    })),
  );

export const wireColumns = (columns: ColumnSet) =>
  'only' in columns
    ? { ColumnNames: columns.only }
    : {
        ColumnWildcard:
          columns.except.length > 0
            ? { ExcludedColumnNames: columns.except }
            : {},
      };

export const readColumns = ({
  ColumnNames,
  ColumnWildcard,
}: {
  ColumnNames?: string[];
  ColumnWildcard?: { ExcludedColumnNames?: string[] };
}): ColumnSet =>
  ColumnNames?.length
    ? { only: [...ColumnNames].sort() }
    : { except: [...(ColumnWildcard?.ExcludedColumnNames ?? [])].sort() };

/**
 * A resource as a request names it, with all columns where it is a table.
 *
 * @throws InputError for a kind that is not known here
 */
export function wireResource(resource: LakeResource): Resource {
  const { catalogId: CatalogId } = resource;
  switch (resource.kind) {
    case 'catalog':
      // The account's own catalog is named by the call's own id.
      return { Catalog: CatalogId.includes(':') ? { Id: CatalogId } : {} };
    case 'database':
      return { Database: { CatalogId, Name: resource.database } };
    case 'allTables':
      return {
        Table: {
          CatalogId,
          DatabaseName: resource.database,
          TableWildcard: {},
        },
      };
    case 'table':
      return {
        Table: {
          CatalogId,
          DatabaseName: resource.database,
          Name: resource.table,
        },
      };
    case 'filter':
      return {
        DataCellsFilter: {
          TableCatalogId: CatalogId,
          DatabaseName: resource.database,
          TableName: resource.table,
          Name: resource.filter,
        },
      };
    case 'tagPolicy':
      return {
        LFTagPolicy: {
          CatalogId,
          ResourceType: resource.reaches,
          ...(resource.savedAs === undefined
            ? { Expression: wireTags(resource.expression) }
            : { ExpressionName: resource.savedAs }),
        },
      };
    case 'tag':
      return {
        LFTag: { CatalogId, TagKey: resource.key, TagValues: resource.values },
      };
    case 'savedExpression':
      return { LFTagExpression: { CatalogId, Name: resource.name } };
    case 'location':
      return { DataLocation: { CatalogId, ResourceArn: resource.arn } };
    default:
      throw new InputError(
        `The grant is on ${
          resourceInWords(resource).text
        }; change it in the AWS console`,
      );
  }
}

/** A resource as a request or a listing names it. */
export function readResource(
  resource: Resource,
  defaultCatalogId: string,
): LakeResource {
  const { Catalog, Database, DataCellsFilter, DataLocation } = resource;
  const { LFTag, LFTagPolicy, LFTagExpression } = resource;
  const unknown: LakeResource = {
    kind: 'unknown',
    catalogId: defaultCatalogId,
  };
  const catalogOf = (id: string | undefined) => id ?? defaultCatalogId;
  const table = resource.Table ?? resource.TableWithColumns;
  if (table) {
    const catalogId = catalogOf(table.CatalogId);
    const { DatabaseName: database, Name: name } = table;
    if (!database) return unknown;
    const isAll = resource.Table?.TableWildcard || name === ALL_TABLES;
    return isAll || !name
      ? allTables({ catalogId, database })
      : { kind: 'table', catalogId, database, table: name };
  }
  if (Database?.Name) {
    return {
      kind: 'database',
      catalogId: catalogOf(Database.CatalogId),
      database: Database.Name,
    };
  }
  if (DataCellsFilter) {
    const { TableCatalogId, DatabaseName, TableName, Name } = DataCellsFilter;
    if (!DatabaseName || !TableName || !Name) return unknown;
    return {
      kind: 'filter',
      catalogId: catalogOf(TableCatalogId),
      database: DatabaseName,
      table: TableName,
      filter: Name,
    };
  }
  if (LFTagPolicy) {
    const { CatalogId, ResourceType, Expression, ExpressionName } = LFTagPolicy;
    return {
      kind: 'tagPolicy',
      catalogId: catalogOf(CatalogId),
      reaches: ResourceType === 'DATABASE' ? 'DATABASE' : 'TABLE',
      expression: ExpressionName ? [] : readTags(Expression ?? []),
      ...(ExpressionName && { savedAs: ExpressionName }),
    };
  }
  if (LFTag) {
    const [{ key, values }] = readTags([LFTag]);
    return { kind: 'tag', catalogId: catalogOf(LFTag.CatalogId), key, values };
  }
  if (LFTagExpression?.Name) {
    return {
      kind: 'savedExpression',
      catalogId: catalogOf(LFTagExpression.CatalogId),
      name: LFTagExpression.Name,
    };
  }
  if (DataLocation?.ResourceArn) {
    return {
      kind: 'location',
      catalogId: catalogOf(DataLocation.CatalogId),
      arn: DataLocation.ResourceArn,
    };
  }
  return Catalog
    ? { kind: 'catalog', catalogId: catalogOf(Catalog.Id) }
    : unknown;
}

function columnsResource(resource: LakeResource, columns: ColumnSet): Resource {
  if (resource.kind !== 'table') return wireResource(resource);
  return {
    TableWithColumns: {
      CatalogId: resource.catalogId,
      DatabaseName: resource.database,
      Name: resource.table,
      ...wireColumns(columns),
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

/**
 * What is wanted as one entry. Access to a whole table with DESCRIBE goes on the
 * table; SELECT alone goes on the columns, the form in which Lake Formation
 * accepts it beside SELECT on some of them. What may be passed on must be
 * granted with it.
 */
export function wantEntry(
  grantee: Grantee,
  { resource, access }: ResourceAccess,
): PermissionEntry {
  const passOn = access.passOn ?? NO_RIGHTS;
  const permissions = [
    ...new Set([...access.permissions, ...passOn.permissions]),
  ].sort();
  const select = uniteColumns(access.select, passOn.select);
  return permissions.length === 0
    ? entry(
        grantee,
        columnsResource(resource, select),
        ['SELECT'],
        isNoColumns(passOn.select) ? [] : ['SELECT'],
      )
    : entry(
        grantee,
        wireResource(resource),
        wholeNames({ permissions, select }),
        wholeNames(passOn),
      );
}

/**
 * The entries that revoke an access. DESCRIBE and its like come first and on
 * their own where a part of the columns stays: Lake Formation refuses to narrow
 * SELECT beside them.
 */
export function revokeEntries(
  grantee: Grantee,
  { resource, access }: ResourceAccess,
): { first: PermissionEntry[]; then: PermissionEntry[] } {
  const passOn = access.passOn ?? NO_RIGHTS;
  const names = wholeNames(access);
  const passOnNames = wholeNames(passOn);
  const columns = chosenColumns(access);
  const passOnColumns = chosenColumns(passOn);
  const both = intersectColumns(columns, passOnColumns);
  const byColumns: Array<[ColumnSet, string[], string[]]> = [
    [both, ['SELECT'], ['SELECT']],
    [subtractColumns(columns, both), ['SELECT'], []],
    [subtractColumns(passOnColumns, both), [], ['SELECT']],
  ];
  return {
    first:
      names.length + passOnNames.length > 0
        ? [entry(grantee, wireResource(resource), names, passOnNames)]
        : [],
    then: byColumns
      .filter(([set]) => !isNoColumns(set))
      .map(([set, permissions, option]) =>
        entry(grantee, columnsResource(resource, set), permissions, option),
      ),
  };
}

/**
 * Reads an entry of a call or a line of a listing.
 *
 * @returns undefined where it names nobody or nothing
 */
export function readEntry(
  {
    Principal,
    Resource: resource,
    Condition,
    ...line
  }: Partial<PermissionEntry>,
  defaultCatalogId: string,
): Grant | undefined {
  const principalId = Principal?.DataLakePrincipalIdentifier;
  if (!principalId || !resource) return undefined;
  const condition = Condition?.Expression;
  return {
    grantee: { principalId, ...(condition && { condition }) },
    resource: readResource(resource, defaultCatalogId),
    access: readAccess(
      line.Permissions ?? [],
      line.PermissionsWithGrantOption,
      resource.TableWithColumns
        ? readColumns(resource.TableWithColumns)
        : ALL_COLUMNS,
    ),
  };
}

/** The same with what a listing says beside it. */
export function readListedGrant(
  line: PrincipalResourcePermissions,
  defaultCatalogId: string,
): ListedGrant | undefined {
  const grant = readEntry(line, defaultCatalogId);
  return (
    grant && {
      ...grant,
      shares: line.AdditionalDetails?.ResourceShare ?? [],
      ...(line.LastUpdated && { updatedAt: line.LastUpdated }),
      ...(line.LastUpdatedBy && { updatedBy: line.LastUpdatedBy }),
    }
  );
}
