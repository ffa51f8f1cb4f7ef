import {
  type DataProductColumn,
  type DataProductEntity,
  type DataProductTable,
  type OutputPort,
  isColumnNamed,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** The port of that name, or the first. */
export function choosePort(
  ports: OutputPort[],
  name: string | null,
): OutputPort | undefined {
  return ports.find(port => port.name === name) ?? ports[0];
}

/** The table of that name, or the first. */
export function chooseTable(
  port: OutputPort | undefined,
  name: string | null,
): DataProductTable | undefined {
  return port?.tables.find(table => table.name === name) ?? port?.tables[0];
}

/** Columns in which every word stands somewhere. */
export function filterColumns(
  columns: DataProductColumn[],
  search: string,
): DataProductColumn[] {
  const words = search.toLocaleLowerCase('en-US').split(/\s+/).filter(Boolean);
  if (!words.length) return columns;
  return columns.filter(column => {
    const text = [
      column.name,
      column.type,
      column.description ?? '',
      column.classification ?? '',
      column.pii ? 'pii personal' : '',
      ...(column.tags ?? []),
    ]
      .join('\n')
      .toLocaleLowerCase('en-US');
    return words.every(word => text.includes(word));
  });
}

/** Columns found in a table of a port. */
export interface TableHits {
  port: OutputPort;
  table: DataProductTable;
  found: number;
}

/** The tables of all ports in which a search finds columns. */
export function tablesWithHits(
  ports: readonly OutputPort[],
  search: string,
): TableHits[] {
  return ports.flatMap(port =>
    port.tables.flatMap(table => {
      const found = filterColumns(table.columns, search).length;
      return found ? [{ port, table, found }] : [];
    }),
  );
}

/** Port and table in sight: as chosen, or else the first with a hit. */
export function chooseView(
  ports: OutputPort[],
  chosen: { port: string | null; table: string | null; search: string },
): { port?: OutputPort; table?: DataProductTable; elsewhere: TableHits[] } {
  const port = choosePort(ports, chosen.port);
  const table = chooseTable(port, chosen.table);
  if (!chosen.search.trim()) return { port, table, elsewhere: [] };
  const hits = tablesWithHits(ports, chosen.search);
  const here = hits.find(hit => hit.port === port && hit.table === table);
  const shown = here ?? hits[0];
  return {
    port: shown?.port ?? port,
    table: shown?.table ?? table,
    elsewhere: hits.filter(hit => hit !== shown),
  };
}

/** Number of fields of a struct; undefined of other types. */
export function fieldsOf(type: string): number | undefined {
  const inside = /^struct<(.*)>$/i.exec(type.trim())?.[1];
  if (!inside) return undefined;
  let depth = 0;
  let fields = 1;
  for (const char of inside) {
    if (char === '<' || char === '(') depth += 1;
    else if (char === '>' || char === ')') depth -= 1;
    else if (char === ',' && depth === 0) fields += 1;
  }
  return fields;
}

/** Whether the owner never shares a column. */
export function isNeverShared(
  { spec }: DataProductEntity,
  table: string,
  column: string,
): boolean {
  return isColumnNamed(spec.access?.neverShared ?? [], table, column);
}
