import type { Resource } from '@aws-sdk/client-lakeformation';
import type {
  ObservedGrant,
  TagExpression,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a grant is on, as people and the backend read it. */
export type ObservedResource = ObservedGrant['resource'];

/** Where a listing was made: what it does not say lies there. */
export interface ListingPlace {
  accountId: string;
  region: string;
}

/** The name under which Lake Formation lists a grant on all tables. */
const ALL_TABLES = 'ALL_TABLES';

type Described = Omit<ObservedResource, 'words' | 'region'>;

const folded = (text: string) => text.toLocaleLowerCase('en-US');

/**
 * Keys and values in one order and in the lower case in which Lake Formation
 * keeps them, so that equal expressions are equal texts.
 */
export function orderedExpression(
  expression: ReadonlyArray<{ TagKey?: string; TagValues?: string[] }>,
): TagExpression {
  return expression
    .map(({ TagKey = '', TagValues = [] }) => ({
      key: folded(TagKey),
      values: [...new Set(TagValues.map(folded))].sort(),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** A resource of a listing as an observed one. Pure. */
export function readObservedResource(
  resource: Resource,
  place: ListingPlace,
): ObservedResource {
  const described = describe(resource, place.accountId);
  return {
    words: resourceInWords(described),
    ...described,
    region: place.region,
  };
}

function describe(resource: Resource, accountId: string): Described {
  const {
    Catalog,
    Database,
    Table,
    TableWithColumns,
    DataCellsFilter,
    DataLocation,
    LFTag,
    LFTagPolicy,
    LFTagExpression,
  } = resource;
  if (Catalog) return { kind: 'catalog', catalogId: Catalog.Id ?? accountId };
  if (Database) {
    return {
      kind: 'database',
      catalogId: Database.CatalogId ?? accountId,
      database: Database.Name,
    };
  }
  const table = Table ?? TableWithColumns;
  if (table) {
    const place = {
      catalogId: table.CatalogId ?? accountId,
      database: table.DatabaseName,
    };
    return Table?.TableWildcard || table.Name === ALL_TABLES || !table.Name
      ? { kind: 'all-tables', ...place }
      : tableOrColumns({ ...place, table: table.Name }, TableWithColumns);
  }
  if (DataCellsFilter) {
    return {
      kind: 'data-cells-filter',
      catalogId: DataCellsFilter.TableCatalogId ?? accountId,
      database: DataCellsFilter.DatabaseName,
      table: DataCellsFilter.TableName,
      filter: DataCellsFilter.Name,
    };
  }
  if (DataLocation) {
    return {
      kind: 'data-location',
      catalogId: DataLocation.CatalogId ?? accountId,
      location: DataLocation.ResourceArn,
    };
  }
  if (LFTag) {
    return {
      kind: 'lf-tag',
      catalogId: LFTag.CatalogId ?? accountId,
      tagExpression: orderedExpression([LFTag]),
    };
  }
  if (LFTagPolicy) {
    const { CatalogId, ResourceType, Expression, ExpressionName } = LFTagPolicy;
    return {
      kind: 'tag-policy',
      catalogId: CatalogId ?? accountId,
      tagPolicyReach: ResourceType === 'DATABASE' ? 'databases' : 'tables',
      ...(ExpressionName
        ? { savedExpression: ExpressionName }
        : { tagExpression: orderedExpression(Expression ?? []) }),
    };
  }
  if (LFTagExpression) {
    return {
      kind: 'saved-expression',
      catalogId: LFTagExpression.CatalogId ?? accountId,
      savedExpression: LFTagExpression.Name,
    };
  }
  return { kind: 'other', catalogId: accountId };
}

function tableOrColumns(
  place: Pick<Described, 'catalogId' | 'database' | 'table'>,
  columns: Resource['TableWithColumns'],
): Described {
  const included = columns?.ColumnNames;
  const excluded = columns?.ColumnWildcard?.ExcludedColumnNames;
  if (included?.length) {
    return { kind: 'columns', ...place, columns: [...included].sort() };
  }
  return excluded?.length
    ? { kind: 'columns', ...place, excludedColumns: [...excluded].sort() }
    : { kind: 'table', ...place };
}

/** `region = emea or apac and class = open`. */
export const expressionInWords = (expression: TagExpression): string =>
  expression
    .map(({ key, values }) => `${key} = ${values.join(' or ')}`)
    .join(' and ');

/** What a resource is called in lists: short, and without its account. */
export function resourceInWords(resource: Omit<Described, 'region'>): string {
  const { database, table, columns, excludedColumns } = resource;
  const name = `${database}.${table}`;
  switch (resource.kind) {
    case 'catalog':
      return `catalog ${resource.catalogId}`;
    case 'database':
      return `database ${database}`;
    case 'all-tables':
      return `all tables of ${database}`;
    case 'table':
      return name;
    case 'columns':
      return columns
        ? `${name} (${columns.join(', ')})`
        : `${name} (all but ${(excludedColumns ?? []).join(', ')})`;
    case 'data-cells-filter':
      return `filter ${resource.filter} on ${name}`;
    case 'data-location':
      return `location ${resource.location}`;
    case 'lf-tag':
      return `LF-Tag ${expressionInWords(resource.tagExpression ?? [])}`;
    case 'tag-policy': {
      const by = resource.savedExpression
        ? `that saved expression ${resource.savedExpression} reaches`
        : `tagged ${expressionInWords(resource.tagExpression ?? [])}`;
      return `${resource.tagPolicyReach} ${by}`;
    }
    case 'saved-expression':
      return `saved expression ${resource.savedExpression}`;
    default:
      return 'a kind of resource that is not known here';
  }
}

/**
 * The resource as calls name it: the inverse of {@link readObservedResource}.
 *
 * @returns undefined for a kind that is not known here
 */
export function wireResource(resource: ObservedResource): Resource | undefined {
  const { catalogId: CatalogId, database, table } = resource;
  const place = { CatalogId, DatabaseName: database };
  const expression = resource.tagExpression?.map(({ key, values }) => ({
    TagKey: key,
    TagValues: values,
  }));
  switch (resource.kind) {
    case 'catalog':
      // The account's own catalog is named by the call's own id.
      return { Catalog: CatalogId?.includes(':') ? { Id: CatalogId } : {} };
    case 'database':
      return { Database: { CatalogId, Name: database } };
    case 'all-tables':
      return { Table: { ...place, TableWildcard: {} } };
    case 'table':
      return { Table: { ...place, Name: table } };
    case 'columns':
      return {
        TableWithColumns: {
          ...place,
          Name: table,
          ...(resource.columns
            ? { ColumnNames: resource.columns }
            : {
                ColumnWildcard: {
                  ExcludedColumnNames: resource.excludedColumns ?? [],
                },
              }),
        },
      };
    case 'data-cells-filter':
      return {
        DataCellsFilter: {
          TableCatalogId: CatalogId,
          DatabaseName: database,
          TableName: table,
          Name: resource.filter,
        },
      };
    case 'data-location':
      return { DataLocation: { CatalogId, ResourceArn: resource.location } };
    case 'lf-tag':
      return expression && { LFTag: { CatalogId, ...expression[0] } };
    case 'tag-policy':
      return {
        LFTagPolicy: {
          CatalogId,
          ResourceType:
            resource.tagPolicyReach === 'databases' ? 'DATABASE' : 'TABLE',
          ...(resource.savedExpression
            ? { ExpressionName: resource.savedExpression }
            : { Expression: expression }),
        },
      };
    case 'saved-expression':
      return {
        LFTagExpression: { CatalogId, Name: resource.savedExpression },
      };
    default:
      return undefined;
  }
}
