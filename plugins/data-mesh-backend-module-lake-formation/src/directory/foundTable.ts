import type { Column, Table } from '@aws-sdk/client-glue';
import type { FoundTable } from '@lakemesh/backstage-plugin-data-mesh-common';
import { PORT_TYPE, PortLocation, glueName } from '../lake/PortLocation';

const read = (columns: Column[] | undefined) =>
  (columns ?? []).flatMap(({ Name, Type }) =>
    Name ? [{ name: Name, ...(Type && { type: Type }) }] : [],
  );

/** A table as Glue has it; one behind a link stands where the link leads. */
export function foundTable(
  table: Table,
  location: Pick<PortLocation, 'catalogId' | 'region' | 'database'>,
): FoundTable {
  const { TargetTable: target } = table;
  const database =
    target?.DatabaseName ?? table.DatabaseName ?? location.database;
  return {
    address: {
      system: PORT_TYPE,
      catalogId: target?.CatalogId ?? table.CatalogId ?? location.catalogId,
      region: target?.Region ?? location.region,
      database: glueName(database),
      table: glueName(target?.Name ?? table.Name ?? ''),
    },
    columns: [
      ...read(table.StorageDescriptor?.Columns),
      ...read(table.PartitionKeys),
    ],
  };
}

/**
 * Names of the columns that somebody reads who is given some of them: Lake
 * Formation hides partition keys from nobody who reads any column.
 */
export function reachedColumns(
  { StorageDescriptor, PartitionKeys }: Table,
  chosen: readonly string[],
): string[] {
  const wanted = new Set(chosen.map(glueName));
  return [
    ...read(StorageDescriptor?.Columns)
      .map(({ name }) => name)
      .filter(name => wanted.has(glueName(name))),
    ...read(PartitionKeys).map(({ name }) => name),
  ];
}
