/**
 * Whether a list of `column` and `table.column` names means a column. Without
 * regard to case, as Glue keeps names: a name that differs only there must not
 * let a column through that is never shared.
 *
 * @public
 */
export function isColumnNamed(
  names: readonly string[],
  table: string,
  column: string,
): boolean {
  const meant = [column, `${table}.${column}`].map(name => name.toLowerCase());
  return names.some(name => meant.includes(name.toLowerCase()));
}
