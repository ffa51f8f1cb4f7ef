import { InputError } from '@backstage/errors';
import type { TableScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  ALL_COLUMNS,
  isAllColumns,
  isNoColumns,
  onlyColumns,
} from '../model/ColumnSet';
import { PortLocation, glueName } from '../model/PortLocation';
import {
  TableAccess,
  effectiveAccess,
  lackingAccess,
  isNoAccess,
} from '../model/TableAccess';
import { TableWant, qualifiedName } from '../model/TableWant';
import { ObservedPort, ObservedTable } from './ObservedPort';

/** What reading a whole table is, and what is left of it beside partial SELECT. */
const WHOLE_TABLE: TableAccess = {
  permissions: ['DESCRIBE'],
  select: ALL_COLUMNS,
};
const ALL_COLUMNS_ONLY: TableAccess = { permissions: [], select: ALL_COLUMNS };

/** A table of the scope, with what is known about it. */
export interface PlannedTable {
  want: TableWant;
  observed: ObservedTable;
  /** The principal holds all of it already. */
  done: boolean;
}

/**
 * What the principal shall hold on each table of the scope, sorted by name.
 *
 * @throws InputError where a column does not exist, the table is a link, or
 *   Lake Formation refuses the combination with what the principal holds
 */
export function planTables(
  { scope, principal }: AccessIntent,
  location: PortLocation,
  port: ObservedPort,
): PlannedTable[] {
  const tables = new Map<string, PlannedTable>();
  scope.tables.forEach((asked, index) => {
    const field = `scope.tables[${index}]`;
    const observed = port.tables.find(
      one => glueName(one.name) === glueName(asked.table),
    );
    if (!observed) {
      throw new InputError(
        `${field}.table is '${asked.table}', which was not looked up in Glue`,
      );
    }
    const ref = {
      catalogId: location.catalogId,
      database: location.database,
      table: observed.name,
    };
    if (tables.has(observed.name)) {
      throw new InputError(
        `${field}.table '${asked.table}' is in the scope twice`,
      );
    }
    if (observed.linkTo) {
      throw new InputError(
        `${field}.table: \`${qualifiedName(ref)}\` is a resource link to \`${
          observed.linkTo
        }\`; Lake Formation grants SELECT on the target only`,
      );
    }
    const want = {
      ...ref,
      access: wantedAccess(asked, observed, field),
    };
    refuseMixture(want, observed, principal.name);
    tables.set(observed.name, {
      want,
      observed,
      done: isNoAccess(lackingAccess(want.access, observed.held)),
    });
  });
  return [...tables.values()].sort((a, b) =>
    a.want.table < b.want.table ? -1 : 1,
  );
}

function wantedAccess(
  asked: TableScope,
  observed: ObservedTable,
  field: string,
): TableAccess {
  const existing = [...observed.columns, ...observed.partitionKeys];
  const columns = asked.columns?.map(column => {
    const found = existing.find(one => glueName(one) === glueName(column));
    if (found === undefined) {
      throw new InputError(
        `${field}.columns: '${column}' is not a column of '${
          observed.name
        }' in Glue, which has ${existing.join(', ')}`,
      );
    }
    return found;
  });
  if (columns && existing.some(column => !columns.includes(column))) {
    return { permissions: [], select: onlyColumns(columns) };
  }
  // SELECT on a part of the columns and DESCRIBE exclude each other for one
  // principal and table, and any SELECT brings the right to describe. So where
  // SELECT is held without DESCRIBE, SELECT is all there is to ask for.
  return isNoColumns(observed.held.select) || holdsDescribe(observed.held)
    ? WHOLE_TABLE
    : ALL_COLUMNS_ONLY;
}

function holdsDescribe(held: TableAccess): boolean {
  return effectiveAccess(held).permissions.includes('DESCRIBE');
}

/**
 * Lake Formation refuses SELECT on chosen columns to a principal that holds
 * DESCRIBE, ALTER, DROP, DELETE or INSERT on the same table.
 */
function refuseMixture(
  want: TableWant,
  observed: ObservedTable,
  principalName: string,
): void {
  const { held } = observed;
  const lacking = lackingAccess(want.access, held);
  if (isNoColumns(lacking.select) || isAllColumns(lacking.select)) return;
  if (held.permissions.length === 0) return;
  const name = qualifiedName(want);
  const permissions = held.permissions.join(', ');
  throw new InputError(
    `scope.tables: \`${principalName}\` holds ${permissions} on \`${name}\`, and Lake Formation refuses SELECT on chosen columns beside it. ` +
      `Ask for the whole table, or have ${permissions} on \`${name}\` revoked from \`${principalName}\` first`,
  );
}
