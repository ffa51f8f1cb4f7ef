import {
  namesInWords,
  type OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { isAllColumns, isNoColumns } from '../model/ColumnSet';
import { glueName } from '../model/PortLocation';
import { effectiveAccess } from '../model/TableAccess';
import { qualifiedName } from '../model/TableWant';
import { ObservedPort } from './ObservedPort';
import { PlannedTable } from './tableWants';

/** What whoever decides should know although no step shows it. */
export function planWarnings(
  port: OutputPort,
  observed: ObservedPort,
  planned: PlannedTable[],
  principalName: string,
): string[] {
  return [
    ...unrestricted(planned),
    ...heldOnAllTables(observed, planned, principalName),
    ...planned.flatMap(one => partitionKeys(one)),
    ...planned.flatMap(one => undeclaredColumns(one, port)),
  ];
}

function unrestricted(planned: PlannedTable[]): string[] {
  const tables = planned.filter(one => one.observed.unrestricted);
  if (tables.length === 0) return [];
  return [
    `Lake Formation does not restrict ${namesOf(
      tables,
    )}: IAM_ALLOWED_PRINCIPALS holds permissions there, so everybody whose IAM policy allows it reads all columns. This plan does not change that.`,
  ];
}

function heldOnAllTables(
  { heldOnAllTables: held }: ObservedPort,
  [first]: PlannedTable[],
  principalName: string,
): string[] {
  if (isNoColumns(effectiveAccess(held).select)) return [];
  return [
    `\`${principalName}\` reads all tables of \`${first.want.database}\` already, by a grant on all tables. That grant stays when this access ends.`,
  ];
}

function partitionKeys({ want, observed }: PlannedTable): string[] {
  const { select } = want.access;
  if (!('only' in select)) return [];
  const seen = observed.partitionKeys.filter(key => !select.only.includes(key));
  if (seen.length === 0) return [];
  return [
    `Whoever reads columns of \`${qualifiedName(
      want,
    )}\` sees its partition keys as well (${namesInWords(
      seen,
    )}): Lake Formation cannot hide them.`,
  ];
}

function undeclaredColumns(
  { want, observed }: PlannedTable,
  port: OutputPort,
): string[] {
  if (!isAllColumns(want.access.select)) return [];
  const declared = new Set(
    port.tables
      .find(table => glueName(table.name) === glueName(observed.name))
      ?.columns.map(column => glueName(column.name)),
  );
  const undeclared = [...observed.columns, ...observed.partitionKeys].filter(
    column => !declared.has(glueName(column)),
  );
  if (undeclared.length === 0) return [];
  return [
    `\`${qualifiedName(want)}\` has columns in Glue that port \`${
      port.name
    }\` does not declare: ${namesInWords(
      undeclared,
    )}. Access to the whole table includes them.`,
  ];
}

function namesOf(planned: PlannedTable[]) {
  return namesInWords(planned.map(one => qualifiedName(one.want)));
}
