import {
  checkRowFilter,
  parseRowFilter,
  nameSuggester,
  rowFilterProblemInWords,
  type AccessScope,
  type NameSuggester,
  type OutputPort,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What is wrong with the row filters of a scope: that they are none, or do not
 * fit the columns of their table. Pure.
 *
 * @param port - without it, or its table, only the grammar is looked at
 * @param path - field that the scope stands in
 * @param suggest - finds what mistyped columns were meant to be
 */
export function rowFilterProblems(
  { tables }: Pick<AccessScope, 'tables'>,
  port: Pick<OutputPort, 'tables'> | undefined,
  path: string = 'scope',
  suggest: NameSuggester = nameSuggester(),
): Problem[] {
  return [...eachRowFilterProblems({ tables }, port, path, suggest)].flat();
}

/** The same, for one table after another: a filter may be long. */
export function* eachRowFilterProblems(
  { tables }: Pick<AccessScope, 'tables'>,
  port: Pick<OutputPort, 'tables'> | undefined,
  path: string = 'scope',
  suggest: NameSuggester = nameSuggester(),
): Generator<Problem[]> {
  const byName = new Map(port?.tables.map(one => [one.name, one.columns]));
  for (const [index, { table, rowFilter }] of tables.entries()) {
    if (rowFilter === undefined) continue;
    const field = `${path}.tables[${index}].rowFilter`;
    if (rowFilter.trim() === '') {
      yield [
        { field, reason: 'the filter is empty; leave it out for all rows' },
      ];
      continue;
    }
    const columns = byName.get(table);
    const checked = columns
      ? checkRowFilter(rowFilter, columns, suggest)
      : parseRowFilter(rowFilter);
    yield checked.ok
      ? []
      : [{ field, reason: rowFilterProblemInWords(checked.problem) }];
  }
}
