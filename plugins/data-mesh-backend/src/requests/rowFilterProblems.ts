import {
  checkRowFilter,
  parseRowFilter,
  rowFilterProblemInWords,
  type AccessScope,
  type OutputPort,
  type Problem,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * What is wrong with the row filters of a scope: that they are none, or do not
 * fit the columns of their table. Pure.
 *
 * @param port - without it, or its table, only the grammar is looked at
 * @param path - field that the scope stands in
 */
export function rowFilterProblems(
  { tables }: Pick<AccessScope, 'tables'>,
  port: Pick<OutputPort, 'tables'> | undefined,
  path: string = 'scope',
): Problem[] {
  return tables.flatMap(({ table, rowFilter }, index) => {
    if (rowFilter === undefined) return [];
    const field = `${path}.tables[${index}].rowFilter`;
    if (rowFilter.trim() === '') {
      return [
        { field, reason: 'the filter is empty; leave it out for all rows' },
      ];
    }
    const columns = port?.tables.find(one => one.name === table)?.columns;
    const checked = columns
      ? checkRowFilter(rowFilter, columns)
      : parseRowFilter(rowFilter);
    return checked.ok
      ? []
      : [{ field, reason: rowFilterProblemInWords(checked.problem) }];
  });
}
