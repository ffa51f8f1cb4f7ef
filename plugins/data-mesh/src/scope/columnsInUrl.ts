import {
  type DataProductTable,
  type OutputPort,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { PortPicks, shareableColumns } from './picks';

/** Columns that were ticked, by port and table. */
export type PickedColumns = { [port: string]: { [table: string]: string[] } };

/** Once for each table, like `profiles/customers/email,name`. */
export const COLUMNS_PARAM = 'columns';

/** Stands for “all but these”: an address has room for few names. */
const ALL_BUT = ':';

const isPart = (text: string) => text.length > 0;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // An address that somebody typed.
    return text;
  }
}

function columnsOf(
  list: string,
  table: DataProductTable,
  neverShared: readonly string[],
): string[] {
  const isAllBut = list.startsWith(ALL_BUT);
  const named = new Set(
    (isAllBut ? list.slice(ALL_BUT.length) : list)
      .split(',')
      .filter(isPart)
      .map(decoded),
  );
  return shareableColumns(table, neverShared).filter(
    column => named.has(column) !== isAllBut,
  );
}

/** The ticked columns of an address, as far as the product shares them. */
export function readColumns(
  params: URLSearchParams,
  ports: readonly OutputPort[],
  neverShared: readonly string[],
): PickedColumns {
  const picked: PickedColumns = {};
  for (const value of params.getAll(COLUMNS_PARAM)) {
    const [portName, tableName, list = ''] = value.split('/').map((part, at) =>
      // Commas and colons of names stay encoded until the list is taken apart.
      at < 2 ? decoded(part) : part,
    );
    const port = ports.find(one => one.name === portName);
    const table = port?.tables.find(one => one.name === tableName);
    const columns = table ? columnsOf(list, table, neverShared) : [];
    if (port && table && columns.length) {
      picked[port.name] = { ...picked[port.name], [table.name]: columns };
    }
  }
  return picked;
}

/** Writes the ticked columns into an address. */
export function writeColumns(
  params: URLSearchParams,
  picked: PickedColumns,
  ports: readonly OutputPort[],
  neverShared: readonly string[],
): void {
  params.delete(COLUMNS_PARAM);
  for (const port of ports) {
    for (const table of port.tables) {
      const columns = new Set(picked[port.name]?.[table.name]);
      if (!columns.size) continue;
      const all = shareableColumns(table, neverShared);
      const left = all.filter(column => !columns.has(column));
      const named = all.filter(column => columns.has(column));
      const list =
        left.length < named.length && named.length > 20
          ? `${ALL_BUT}${left.map(encodeURIComponent).join(',')}`
          : named.map(encodeURIComponent).join(',');
      params.append(
        COLUMNS_PARAM,
        [port.name, table.name].map(encodeURIComponent).concat(list).join('/'),
      );
    }
  }
}

/** One ticked column, for a link to the schema or to the form. */
export function columnInUrl(port: string, table: string, column: string) {
  return {
    [COLUMNS_PARAM]: [port, table, column].map(encodeURIComponent).join('/'),
  };
}

/** How many columns of a port are ticked. */
export function countPicked(picked: PickedColumns, port: string): number {
  return Object.values(picked[port] ?? {}).reduce(
    (sum, columns) => sum + columns.length,
    0,
  );
}

/** Ticked columns as the form holds them, on top of what it has already. */
export function addPicks(
  before: PortPicks,
  picked: { [table: string]: string[] },
): PortPicks {
  const after: PortPicks = { ...before };
  for (const [table, columns] of Object.entries(picked)) {
    const pick = before[table];
    if (pick?.mode === 'whole') continue;
    after[table] = {
      ...pick,
      mode: 'columns',
      columns: [...new Set([...(pick?.columns ?? []), ...columns])],
    };
  }
  return after;
}
