/**
 * Tells of each column whether a list of `column` and `table.column` names
 * means it. Reads the list once; use it where many columns are looked at.
 *
 * Without regard to case, as Glue keeps names: a name that differs only there
 * must not let a column through that is never shared.
 *
 * @public
 */
export function columnMatcher(
  names: readonly string[],
): (table: string, column: string) => boolean {
  const named = new Set(names.map(name => name.toLowerCase()));
  if (named.size === 0) return () => false;
  return (table, column) =>
    named.has(column.toLowerCase()) ||
    named.has(`${table}.${column}`.toLowerCase());
}

/**
 * Whether a list of `column` and `table.column` names means a column. See
 * {@link columnMatcher}.
 *
 * @public
 */
export function isColumnNamed(
  names: readonly string[],
  table: string,
  column: string,
): boolean {
  return columnMatcher(names)(table, column);
}
