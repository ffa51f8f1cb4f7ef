import { InputError } from '@backstage/errors';
import type {
  AccessLevel,
  TableScope,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AccessIntent } from '@lakemesh/backstage-plugin-data-mesh-node';
import { PortLocation, glueName } from '../../lake/PortLocation';
import {
  NO_ACCESS,
  Access,
  effectiveAccess,
  lackingAccess,
  isNoAccess,
} from '../../lake/access';
import {
  ALL_COLUMNS,
  ColumnSet,
  isAllColumns,
  isNoColumns,
  onlyColumns,
} from '../../lake/columns';
import { FilterContent } from '../../lake/filter';
import { ResourceAccess } from '../../lake/grant';
import { resourceKey } from '../../lake/keys';
import { FilterResource, TableResource } from '../../lake/resource';
import { resourceInWords } from '../../lake/words';
import { ObservedPort, ObservedTable } from '../ObservedPort';
import { filterName } from './filterNames';
import { rowsInGlue } from './rowsInGlue';
import { ALL_COLUMNS_ONLY, wholeTable } from './wantedAccess';

/** A table of the scope, with what is known about it. */
export interface PlannedTable {
  table: TableResource;
  /** On the table, or on a filter of it. */
  want: ResourceAccess;
  observed: ObservedTable;
  /** What the grant is on, where only some rows are asked for. */
  filter?: { resource: FilterResource; content: FilterContent };
  /** An equal filter exists. */
  isFilterThere: boolean;
  /** The grantee holds all of it already. */
  done: boolean;
}

/**
 * What the grantee shall hold on each table of the scope, sorted by name.
 *
 * @throws InputError where a column does not exist, the table is a link, or
 *   Lake Formation refuses the combination with what the grantee holds
 */
export function planTables(
  { scope }: Pick<AccessIntent, 'scope'>,
  location: PortLocation,
  port: ObservedPort,
  grantee: string,
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
    const table: TableResource = {
      kind: 'table',
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
        `${field}.table: ${
          resourceInWords(table).text
        } is a resource link to \`${
          observed.linkTo
        }\`; Lake Formation grants SELECT on the target only`,
      );
    }
    const columns = askedColumns(asked, observed, field);
    const planned =
      asked.rowFilter === undefined
        ? planWhole(table, columns, scope.level, observed)
        : planRows(
            table,
            {
              rows: rowsInGlue(asked.rowFilter, observed, `${field}.rowFilter`),
              columns,
            },
            observed,
            port,
          );
    refuseMixture(planned, grantee);
    tables.set(observed.name, planned);
  });
  return [...tables.values()].sort((a, b) =>
    a.observed.name < b.observed.name ? -1 : 1,
  );
}

function planWhole(
  table: TableResource,
  columns: ColumnSet,
  level: AccessLevel,
  observed: ObservedTable,
): PlannedTable {
  const access = accessByColumns(columns, level, observed);
  return {
    table,
    observed,
    want: { resource: table, access },
    isFilterThere: false,
    done: isNoAccess(lackingAccess(access, observed.held)),
  };
}

function planRows(
  table: TableResource,
  content: FilterContent,
  observed: ObservedTable,
  port: ObservedPort,
): PlannedTable {
  const existing = (port.filters ?? []).filter(
    one => one.table === observed.name,
  );
  const resource: FilterResource = {
    ...table,
    kind: 'filter',
    filter: filterName(content, existing),
  };
  const held = port.held?.[resourceKey(resource)] ?? NO_ACCESS;
  const isThere = existing.some(one => one.name === resource.filter);
  return {
    table,
    observed,
    want: { resource, access: ALL_COLUMNS_ONLY },
    filter: { resource, content },
    isFilterThere: isThere,
    done: isThere && isNoAccess(lackingAccess(ALL_COLUMNS_ONLY, held)),
  };
}

/** The columns as Glue spells them; all of them are all, also later ones. */
function askedColumns(
  asked: TableScope,
  observed: ObservedTable,
  field: string,
): ColumnSet {
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
  return columns && existing.some(column => !columns.includes(column))
    ? onlyColumns(columns)
    : ALL_COLUMNS;
}

function accessByColumns(
  columns: ColumnSet,
  level: AccessLevel,
  { held }: ObservedTable,
): Access {
  if (!isAllColumns(columns)) return { permissions: [], select: columns };
  // Where SELECT is held without DESCRIBE, SELECT is all there is to ask for.
  return level !== 'read' || isNoColumns(held.select) || holdsDescribe(held)
    ? wholeTable(level)
    : ALL_COLUMNS_ONLY;
}

function holdsDescribe(held: Access): boolean {
  return effectiveAccess(held).permissions.includes('DESCRIBE');
}

/**
 * Lake Formation refuses SELECT on chosen columns to a principal that holds
 * DESCRIBE, ALTER, DROP, DELETE or INSERT on the same table, and these to who
 * holds SELECT on chosen columns.
 */
function refuseMixture(
  { want, table, observed: { held } }: PlannedTable,
  grantee: string,
): void {
  if (want.resource.kind !== 'table') return;
  const lacking = lackingAccess(want.access, held);
  const name = resourceInWords(table).text;
  const asksForColumns =
    !isNoColumns(lacking.select) && !isAllColumns(want.access.select);
  if (asksForColumns && held.permissions.length > 0) {
    const permissions = held.permissions.join(', ');
    throw new InputError(
      `scope.tables: ${grantee} holds ${permissions} on ${name}, and Lake Formation refuses SELECT on chosen columns beside it. ` +
        `Ask for the whole table, or have ${permissions} on ${name} revoked from ${grantee} first`,
    );
  }
  const holdsColumns = !isNoColumns(held.select) && !isAllColumns(held.select);
  if (holdsColumns && want.access.permissions.length > 0) {
    throw new InputError(
      `scope.tables: ${grantee} holds SELECT on chosen columns of ${name}, and Lake Formation refuses ${want.access.permissions.join(
        ', ',
      )} beside it. Have SELECT on these columns revoked from ${grantee} first`,
    );
  }
}
