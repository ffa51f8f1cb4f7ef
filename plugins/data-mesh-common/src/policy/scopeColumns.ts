import type { AccessScope } from '../client/types';
import type { DataProductColumn, OutputPort } from '../model';
import { mayMatchTagExpression, scopeForm } from '../plan';

/**
 * A column that a scope reaches, with the table it stands in.
 *
 * @public
 */
export interface ScopedColumn {
  table: string;
  column: DataProductColumn;
  /** Field of the scope that reaches it, like `scope.tables[0].columns`. */
  field: string;
}

/**
 * The columns that a scope reaches. A table without chosen columns reaches all
 * of them; what the port does not have is left out. All tables reach all that
 * the port declares; a tag expression too, but for columns that declare another
 * value of one of its keys: what they inherit is not known here, and policy
 * must not overlook them.
 *
 * @public
 */
export function columnsOfScope(
  scope: AccessScope,
  port: OutputPort,
): ScopedColumn[] {
  const form = scopeForm(scope);
  if (form !== 'tables') {
    const expression = scope.tagExpression ?? [];
    const field =
      form === 'all-tables' ? 'scope.allTables' : 'scope.tagExpression';
    return port.tables.flatMap(({ name, columns }) =>
      columns
        .filter(
          column =>
            form === 'all-tables' ||
            mayMatchTagExpression(expression, column.tags),
        )
        .map(column => ({ table: name, column, field })),
    );
  }
  return scope.tables.flatMap((wanted, position) => {
    const table = port.tables.find(one => one.name === wanted.table);
    if (!table) return [];
    const chosen = wanted.columns && new Set(wanted.columns);
    return table.columns
      .filter(column => !chosen || chosen.has(column.name))
      .map(column => ({
        table: table.name,
        column,
        field: `scope.tables[${position}].columns`,
      }));
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
