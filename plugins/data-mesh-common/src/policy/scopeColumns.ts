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
  const tables = new Map(port.tables.map(table => [table.name, table]));
  return chosenColumns(scope).flatMap(({ name, position, chosen }) =>
    (tables.get(name)?.columns ?? [])
      .filter(column => !chosen || chosen.has(column.name))
      .map(column => ({
        table: name,
        column,
        field: `scope.tables[${position}].columns`,
      })),
  );
}

/** Each table of a scope once, with what is chosen of it wherever it stands. */
function chosenColumns({ tables }: AccessScope) {
  const byName = new Map<
    string,
    { name: string; position: number; chosen?: Set<string> }
  >();
  tables.forEach(({ table: name, columns }, position) => {
    const before = byName.get(name);
    if (!before) {
      byName.set(name, { name, position, chosen: columns && new Set(columns) });
    } else if (!columns) {
      before.chosen = undefined;
    } else {
      columns.forEach(column => before.chosen?.add(column));
    }
  });
  return [...byName.values()];
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
