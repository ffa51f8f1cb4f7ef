import type { LFTag, Resource } from '@aws-sdk/client-lakeformation';
import { ALL_TABLES } from '../model/grants/Grant';
import { SeedResource, SeedTagExpression } from './SeedGrant';

/** An expression of the seed as a request has it. */
export const wireExpression = (expression: SeedTagExpression): LFTag[] =>
  Object.entries(expression).map(([TagKey, TagValues]) => ({
    TagKey,
    TagValues,
  }));

function wireTagResource(resource: SeedResource): Resource | undefined {
  if ('lfTag' in resource) {
    return { LFTag: { TagKey: resource.lfTag, TagValues: resource.values } };
  }
  if ('lfTagExpression' in resource) {
    return { LFTagExpression: { Name: resource.lfTagExpression } };
  }
  if (!('lfTagPolicy' in resource)) return undefined;
  return {
    LFTagPolicy: {
      ResourceType: resource.lfTagPolicy,
      ...('expression' in resource
        ? { Expression: wireExpression(resource.expression) }
        : { ExpressionName: resource.expressionName }),
    },
  };
}

function wireTable(
  resource: Extract<SeedResource, { database: string; table: string }>,
): Resource {
  const { database, table } = resource;
  if ('filter' in resource) {
    return {
      DataCellsFilter: {
        DatabaseName: database,
        TableName: table,
        Name: resource.filter,
      },
    };
  }
  const { columns, excludedColumns } = resource;
  if (columns || excludedColumns) {
    return {
      TableWithColumns: {
        DatabaseName: database,
        Name: table,
        ...(columns && { ColumnNames: columns }),
        ...(excludedColumns && {
          ColumnWildcard: { ExcludedColumnNames: excludedColumns },
        }),
      },
    };
  }
  return {
    Table: {
      DatabaseName: database,
      ...(table === '*' || table === ALL_TABLES
        ? { TableWildcard: {} }
        : { Name: table }),
    },
  };
}

/** A resource of the seed as a request names it. */
export function wireResource(resource: SeedResource): Resource {
  if ('catalog' in resource) return { Catalog: {} };
  if ('dataLocation' in resource) {
    return { DataLocation: { ResourceArn: resource.dataLocation } };
  }
  if ('table' in resource) return wireTable(resource);
  if ('database' in resource) return { Database: { Name: resource.database } };
  return wireTagResource(resource) ?? {};
}

/** The same resource, in another catalog than the account's own. */
export function inCatalog(resource: Resource, catalogId: string): Resource {
  const { Catalog, DataCellsFilter, ...others } = resource;
  return {
    ...Object.fromEntries(
      Object.entries(others).map(([kind, named]) => [
        kind,
        { ...named, CatalogId: catalogId },
      ]),
    ),
    ...(Catalog && { Catalog: { Id: catalogId } }),
    ...(DataCellsFilter && {
      DataCellsFilter: { ...DataCellsFilter, TableCatalogId: catalogId },
    }),
  };
}
