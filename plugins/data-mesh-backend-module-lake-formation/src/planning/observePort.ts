import type { Table } from '@aws-sdk/client-glue';
import { isNoColumns } from '../model/ColumnSet';
import { Grantee } from '../model/GrantWant';
import { ALL_TABLES, TablePlace } from '../model/Place';
import { PortLocation } from '../model/PortLocation';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { effectiveAccess } from '../model/TableAccess';
import { ListedGrant, holdingsOf } from '../steps/GrantReader';
import { AccessByPlace, accessOn } from '../steps/HeldAccess';
import { ObservedPort, ObservedTable } from './ObservedPort';

const placeIn =
  ({ catalogId, database }: PortLocation) =>
  (table: string): TablePlace => ({
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
  const place = placeIn(location);
  return {
    tables: tables.map(table => observeTable(table, place, held, open)),
    heldOnAllTables: accessOn(held, place(ALL_TABLES)),
    held: Object.fromEntries(held),
    open: Object.fromEntries(open),
  };
}

function observeTable(
  table: Table,
  place: (table: string) => TablePlace,
  held: AccessByPlace,
  open: AccessByPlace,
): ObservedTable {
  const described = observeColumns(table);
  const { name } = described;
  const target = table.TargetTable;
  const location = table.StorageDescriptor?.Location;
  return {
    ...described,
    ...(target && { linkTo: `${target.DatabaseName}.${target.Name}` }),
    ...(location && { location }),
    held: accessOn(held, place(name)),
    unrestricted: [name, ALL_TABLES].some(
      one => !isNoColumns(effectiveAccess(accessOn(open, place(one))).select),
    ),
  };
}
