import type { Table } from '@aws-sdk/client-glue';
import { PortLocation } from '../lake/PortLocation';
import { readsColumns } from '../lake/access';
import { Grantee } from '../lake/grant';
import { holdingsOf, AccessByResource, accessOn } from '../lake/held';
import { IAM_ALLOWED_PRINCIPALS } from '../lake/principals';
import { TableResource, allTables } from '../lake/resource';
import { ListedGrant } from '../lake/wire';
import { ObservedPort, ObservedTable } from '../planning/ObservedPort';

const tableIn =
  ({ catalogId, database }: PortLocation) =>
  (table: string): TableResource => ({
    kind: 'table',
    catalogId,
    database,
    table,
  });

/** The name and columns of a table as Glue has it. */
export function observeColumns(
  table: Table,
): Pick<ObservedTable, 'name' | 'columns' | 'partitionKeys'> {
  return {
    name: table.Name ?? '',
    columns: (table.StorageDescriptor?.Columns ?? []).flatMap(
      column => column.Name ?? [],
    ),
    partitionKeys: (table.PartitionKeys ?? []).flatMap(key => key.Name ?? []),
  };
}

/** What Glue and Lake Formation say → what planning needs to know. Pure. */
export function observePort(
  grantee: Grantee,
  location: PortLocation,
  tables: Table[],
  listed: ListedGrant[],
): ObservedPort {
  const held = holdingsOf(grantee, listed);
  const open = holdingsOf({ principalId: IAM_ALLOWED_PRINCIPALS }, listed);
  const resourceOf = tableIn(location);
  return {
    tables: tables.map(table => observeTable(table, resourceOf, held, open)),
    heldOnAllTables: accessOn(held, allTables(location)),
    held: Object.fromEntries(held),
    open: Object.fromEntries(open),
  };
}

function observeTable(
  table: Table,
  resourceOf: (table: string) => TableResource,
  held: AccessByResource,
  open: AccessByResource,
): ObservedTable {
  const described = observeColumns(table);
  const { name } = described;
  const target = table.TargetTable;
  const location = table.StorageDescriptor?.Location;
  return {
    ...described,
    ...(target && { linkTo: `${target.DatabaseName}.${target.Name}` }),
    ...(location && { location }),
    held: accessOn(held, resourceOf(name)),
    unrestricted: [resourceOf(name), allTables(resourceOf(name))].some(tables =>
      readsColumns(accessOn(open, tables)),
    ),
  };
}
