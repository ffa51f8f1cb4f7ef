import type { Resource } from '@aws-sdk/client-lakeformation';
import { invalidInput } from '../../../model/api/AwsError';
import { ALL_TABLES, GrantResource } from '../../../model/grants/Grant';
import { storedName } from '../../../model/api/storedName';
import { Validated } from '../../Operation';
import { RequestedResource } from './RequestedResource';
import { readTagResource } from './readTagResource';

const whole = (
  resource: GrantResource,
  catalogId: string | undefined,
): RequestedResource => ({ resource, catalogId, isTableWithColumns: false });

const tableResource = (database: string, table: string): GrantResource => ({
  kind: 'table',
  database: storedName(database),
  table: table === ALL_TABLES ? ALL_TABLES : storedName(table),
});

/** Reads the resource of a Lake Formation request. */
export function readResource(resource: Validated<Resource>): RequestedResource {
  const named = Object.keys(resource) as (keyof Resource)[];
  if (named.length > 1) {
    throw invalidInput(
      `Resource must have one field populated, found ${named.join(', ')}.`,
    );
  }
  if (resource.Catalog) {
    return whole({ kind: 'catalog' }, resource.Catalog.Id);
  }
  if (resource.Database) {
    const { Name, CatalogId } = resource.Database;
    return whole({ kind: 'database', database: storedName(Name) }, CatalogId);
  }
  if (resource.DataLocation) {
    const { ResourceArn, CatalogId } = resource.DataLocation;
    return whole({ kind: 'dataLocation', arn: ResourceArn }, CatalogId);
  }
  if (resource.Table) {
    const { DatabaseName, Name, TableWildcard, CatalogId } = resource.Table;
    if (!Name && !TableWildcard) {
      throw invalidInput('Table name and table wildcard cannot both be empty.');
    }
    if (Name && TableWildcard && Name !== ALL_TABLES) {
      throw invalidInput(
        'Table name and table wildcard cannot both be populated.',
      );
    }
    const table =
      TableWildcard || Name === ALL_TABLES ? ALL_TABLES : Name ?? '';
    return whole(tableResource(DatabaseName, table), CatalogId);
  }
  if (resource.TableWithColumns) {
    return readTableWithColumns(resource.TableWithColumns);
  }
  const beyondTables = readTagResource(resource) ?? readFilter(resource);
  if (beyondTables) return beyondTables;
  throw invalidInput(
    'Resource must have either the catalog, table or database field populated.',
  );
}

function readFilter({
  DataCellsFilter,
}: Validated<Resource>): RequestedResource | undefined {
  if (!DataCellsFilter) return undefined;
  const { DatabaseName, TableName, Name, TableCatalogId } = DataCellsFilter;
  if (!DatabaseName || !TableName || !Name) {
    throw invalidInput(
      'Data cells filter must have a database name, a table name and a name.',
    );
  }
  return whole(
    {
      kind: 'dataCellsFilter',
      database: storedName(DatabaseName),
      table: storedName(TableName),
      filter: Name,
    },
    TableCatalogId,
  );
}

function readTableWithColumns(
  found: NonNullable<Validated<Resource>['TableWithColumns']>,
): RequestedResource {
  const { DatabaseName, Name, CatalogId, ColumnNames, ColumnWildcard } = found;
  if (ColumnNames && ColumnWildcard) {
    throw invalidInput(
      'Table with columns cannot have both column names and column wildcard.',
    );
  }
  if (!ColumnNames?.length && !ColumnWildcard) {
    throw invalidInput(
      'Table with columns must have either column names or column wildcard.',
    );
  }
  const excluded = [...new Set(ColumnWildcard?.ExcludedColumnNames ?? [])];
  const resource = tableResource(DatabaseName, Name);
  if (ColumnWildcard && !excluded.length) {
    return { resource, catalogId: CatalogId, isTableWithColumns: true };
  }
  if (Name === ALL_TABLES) {
    throw invalidInput('Columns of all tables cannot be chosen.');
  }
  return {
    resource,
    columns: ColumnNames
      ? { include: [...new Set(ColumnNames)] }
      : { exclude: excluded },
    catalogId: CatalogId,
    isTableWithColumns: true,
  };
}
