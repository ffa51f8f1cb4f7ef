import type { Table } from '@aws-sdk/client-glue';
import { isNoColumns } from '../model/ColumnSet';
import { effectiveAccess } from '../model/TableAccess';
import { ObservedPort, ObservedTable } from '../planning/ObservedPort';
import { AccessByTable, accessOn } from '../steps/HeldAccess';
import { ALL_TABLES } from '../steps/permissionEntries';
import { ListedPermission } from './ListedPermission';
import { holdingsOf } from './joinHoldings';

/** Where it holds permissions, Lake Formation leaves access to IAM. */
const IAM_ALLOWED_PRINCIPALS = 'IAM_ALLOWED_PRINCIPALS';

/** What Glue and Lake Formation say → what planning needs to know. Pure. */
export function observePort(
  principalId: string,
  tables: Table[],
  listed: ListedPermission[],
): ObservedPort {
  const held = holdingsOf(principalId, listed);
  const open = holdingsOf(IAM_ALLOWED_PRINCIPALS, listed);
  return {
    tables: tables.map(table => observeTable(table, held, open)),
    heldOnAllTables: accessOn(held, ALL_TABLES),
  };
}

function observeTable(
  table: Table,
  held: AccessByTable,
  open: AccessByTable,
): ObservedTable {
  const name = table.Name ?? '';
  const target = table.TargetTable;
  return {
    name,
    columns: (table.StorageDescriptor?.Columns ?? []).flatMap(
      column => column.Name ?? [],
    ),
    partitionKeys: (table.PartitionKeys ?? []).flatMap(key => key.Name ?? []),
    ...(target && { linkTo: `${target.DatabaseName}.${target.Name}` }),
    held: accessOn(held, name),
    unrestricted: [name, ALL_TABLES].some(
      one => !isNoColumns(effectiveAccess(accessOn(open, one)).select),
    ),
  };
}
