import { InputError } from '@backstage/errors';
import {
  canonicalRowFilter,
  parseRowFilter,
  printRowFilter,
  type RowFilter,
  type RowFilterTest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { glueName } from '../../lake/PortLocation';
import { ObservedTable } from '../ObservedPort';

/** The filter with each of its tests changed. */
function mapTests(
  filter: RowFilter,
  change: (test: RowFilterTest) => RowFilterTest,
): RowFilter {
  switch (filter.kind) {
    case 'all':
    case 'none':
      return filter;
    case 'not':
      return { kind: 'not', term: mapTests(filter.term, change) };
    case 'and':
    case 'or':
      return {
        kind: filter.kind,
        terms: filter.terms.map(term => mapTests(term, change)),
      };
    default:
      return change(filter);
  }
}

/**
 * A row filter as it is sent to Lake Formation: in its canonical spelling, so
 * that equal ones are one, and with the columns as Glue spells them, which is
 * not always how the port declares them.
 *
 * @throws InputError where Glue has no such column, or keeps it otherwise
 */
export function rowsInGlue(
  rows: string,
  {
    name: table,
    columns,
    partitionKeys,
  }: Pick<ObservedTable, 'name' | 'columns' | 'partitionKeys'>,
  field: string,
): string {
  const parsed = parseRowFilter(rows);
  // What is planned has been checked; filters of others are not planned.
  if (!parsed.ok) throw new InputError(`${field}: '${rows}' is no row filter`);
  const existing = [...columns, ...partitionKeys];
  const filter = mapTests(parsed.filter, test => {
    const [column, ...inside] = test.column;
    const found = existing.find(one => glueName(one) === glueName(column.name));
    if (found === undefined) {
      throw new InputError(
        `${field}: '${
          column.name
        }' is not a column of '${table}' in Glue, which has ${existing.join(
          ', ',
        )}`,
      );
    }
    if (partitionKeys.includes(found) && test.kind === 'null') {
      throw new InputError(
        `${field}: '${found}' is a partition key of '${table}' in Glue, and IS NULL cannot be used on those`,
      );
    }
    const isSpeltSo = found === column.name;
    const quoted = isSpeltSo ? column.quoted : found !== glueName(found);
    return { ...test, column: [{ name: found, quoted }, ...inside] };
  });
  const text = canonicalRowFilter(printRowFilter(filter));
  // Written densely, it may have been just short enough.
  return parseRowFilter(text).ok ? text : rows.trim();
}
