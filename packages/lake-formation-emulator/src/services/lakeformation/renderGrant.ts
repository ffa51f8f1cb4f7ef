import type {
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { Catalog } from '../../model/state/EmulatorState';
import { ColumnSelection } from '../../model/grants/ColumnSelection';
import { ALL_TABLES, GrantResource } from '../../model/grants/Grant';
import { catalogIdOf } from '../../model/state/nestedCatalogs';
import { ListedGrant } from '../../model/grants/listGrants';
import { renderExpression } from './resources/tagExpressions';

/** A resource, or some columns of it, as Lake Formation sends it. */
export function renderResource(
  catalog: Catalog,
  resource: GrantResource,
  columns?: ColumnSelection,
): Resource {
  const catalogId = catalogIdOf(catalog);
  switch (resource.kind) {
    case 'catalog':
      return { Catalog: catalog.inside ? { Id: catalogId } : {} };
    case 'database':
      return { Database: { CatalogId: catalogId, Name: resource.database } };
    case 'dataLocation':
      return {
        DataLocation: { CatalogId: catalogId, ResourceArn: resource.arn },
      };
    case 'dataCellsFilter':
      return {
        DataCellsFilter: {
          TableCatalogId: catalogId,
          DatabaseName: resource.database,
          TableName: resource.table,
          Name: resource.filter,
        },
      };
    case 'lfTag':
      return {
        LFTag: {
          CatalogId: catalogId,
          TagKey: resource.key,
          TagValues: [...resource.values],
        },
      };
    case 'lfTagExpression':
      return { LFTagExpression: { CatalogId: catalogId, Name: resource.name } };
    case 'lfTagPolicy':
      return {
        LFTagPolicy: {
          CatalogId: catalogId,
          ResourceType: resource.reaches,
          ...('expression' in resource
            ? { Expression: renderExpression(resource.expression) }
            : { ExpressionName: resource.expressionName }),
        },
      };
    default: {
      const table = {
        CatalogId: catalogId,
        DatabaseName: resource.database,
        Name: resource.table,
      };
      if (!columns) {
        return resource.table === ALL_TABLES
          ? { Table: { ...table, TableWildcard: {} } }
          : { Table: table };
      }
      if ('include' in columns) {
        return {
          TableWithColumns: {
            ...table,
            ColumnNames: [...columns.include],
          },
        };
      }
      const { exclude } = columns;
      return {
        TableWithColumns: {
          ...table,
          ColumnWildcard: exclude.length
            ? { ExcludedColumnNames: [...exclude] }
            : {},
        },
      };
    }
  }
}

/** A line of a listing as Lake Formation sends it. */
export function renderGrant(
  catalog: Catalog,
  line: ListedGrant,
): PrincipalResourcePermissions {
  const { grant, permissions, grantable } = line;
  return {
    Principal: { DataLakePrincipalIdentifier: grant.principal },
    Resource: renderResource(catalog, grant.resource, line.columns),
    Permissions: [
      ...permissions,
    ] as PrincipalResourcePermissions['Permissions'],
    PermissionsWithGrantOption: [
      ...grantable,
    ] as PrincipalResourcePermissions['PermissionsWithGrantOption'],
    ...(grant.condition !== undefined && {
      Condition: { Expression: grant.condition },
    }),
    ...(grant.share !== undefined && {
      AdditionalDetails: { ResourceShare: [grant.share] },
    }),
    LastUpdated: new Date(grant.updatedAt),
    LastUpdatedBy: grant.updatedBy,
  };
}
