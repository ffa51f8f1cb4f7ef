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

const matchers = new WeakMap<
  readonly string[],
  ReturnType<typeof columnMatcher>
>();

/**
 * Whether a list of `column` and `table.column` names means a column. See
 * {@link columnMatcher}: it is made once for each list, which must not change.
 *
 * @public
 */
export function isColumnNamed(
  names: readonly string[],
  table: string,
  column: string,
): boolean {
  const matcher = matchers.get(names) ?? columnMatcher(names);
  matchers.set(names, matcher);
  return matcher(table, column);
}
