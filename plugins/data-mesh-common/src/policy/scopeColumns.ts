import type { AccessScope } from '../client/types';
import type { DataProductColumn, OutputPort } from '../model';

/**
 * A column that a scope reaches, with the table it stands in.
 *
 * @public
 */
export interface ScopedColumn {
  table: string;
  column: DataProductColumn;
  /** Index of the table in the scope. */
  position: number;
}

/**
 * The columns that a scope reaches. A table without chosen columns reaches all
 * of them; what the port does not have is left out.
 *
 * @public
 */
export function columnsOfScope(
  scope: AccessScope,
  port: OutputPort,
): ScopedColumn[] {
  return scope.tables.flatMap((wanted, position) => {
    const table = port.tables.find(one => one.name === wanted.table);
    if (!table) return [];
    const chosen = wanted.columns && new Set(wanted.columns);
    return table.columns
      .filter(column => !chosen || chosen.has(column.name))
      .map(column => ({ table: table.name, column, position }));
  });
}

/**
 * Columns of the scope that are marked as personal data, as `table.column`.
 *
 * @public
 */
export function sensitiveColumnsOf(
  scope: AccessScope,
  port: OutputPort,
): string[] {
  return columnsOfScope(scope, port)
    .filter(({ column }) => column.pii)
    .map(({ table, column }) => `${table}.${column.name}`);
}
