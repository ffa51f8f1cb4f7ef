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
      column.pii ? 'pii' : '',
      ...(column.tags ?? []),
    ]
      .join('\n')
      .toLocaleLowerCase('en-US');
    return words.every(word => text.includes(word));
  });
}

/** Whether the owner never gives a column away. */
export function isNeverShared(
  { spec }: DataProductEntity,
  table: string,
  column: string,
): boolean {
  return isColumnNamed(spec.access?.neverShared ?? [], table, column);
}
