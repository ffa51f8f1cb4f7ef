import type {
  PrincipalResourcePermissions,
  Resource,
} from '@aws-sdk/client-lakeformation';
import { Catalog } from '../../model/Catalog';
import { ALL_TABLES } from '../../model/Grant';
import { ListedGrant } from '../../model/listGrants';

function renderResource(catalogId: string, line: ListedGrant): Resource {
  const { resource } = line.grant;
  switch (resource.kind) {
    case 'catalog':
      return { Catalog: {} };
    case 'database':
      return { Database: { CatalogId: catalogId, Name: resource.database } };
    case 'dataLocation':
      return {
        DataLocation: { CatalogId: catalogId, ResourceArn: resource.arn },
      };
    default: {
      const table = {
        CatalogId: catalogId,
        DatabaseName: resource.database,
        Name: resource.table,
      };
      if (!line.columns) {
        return resource.table === ALL_TABLES
          ? { Table: { ...table, TableWildcard: {} } }
          : { Table: table };
      }
      if ('include' in line.columns) {
        return {
          TableWithColumns: {
            ...table,
            ColumnNames: [...line.columns.include],
          },
        };
      }
      const { exclude } = line.columns;
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
    Resource: renderResource(catalog.accountId, line),
    Permissions: [
      ...permissions,
    ] as PrincipalResourcePermissions['Permissions'],
    PermissionsWithGrantOption: [
      ...grantable,
    ] as PrincipalResourcePermissions['PermissionsWithGrantOption'],
    LastUpdated: new Date(grant.updatedAt),
    LastUpdatedBy: grant.updatedBy,
  };
}
