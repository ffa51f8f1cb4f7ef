import type {
  DataProductColumn,
  RowFilter,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  FilterCondition,
  filterTypeOf,
  isComplete,
  operatorsOf,
  SimpleFilter,
} from './filterLanguage';

/** How a test is compared, and with what, in the words of the builder. */
function comparedBy(
  filter: RowFilter,
): Pick<FilterCondition, 'operator' | 'values'> | undefined {
  switch (filter.kind) {
    case 'compare':
      return {
        operator: filter.comparison,
        values: [String(filter.value.value)],
      };
    case 'null':
      return { operator: filter.negated ? 'not-null' : 'null', values: [] };
    case 'in':
      return filter.negated
        ? undefined
        : {
            operator: 'in',
            values: filter.values.map(({ value }) => String(value)),
          };
    case 'like':
      return filter.negated
        ? undefined
        : { operator: 'like', values: [filter.pattern] };
    default:
      return undefined;
  }
}

/** One row of the builder; undefined where it has none for it. */
function conditionOf(
  filter: RowFilter,
  columns: readonly DataProductColumn[],
): FilterCondition | undefined {
  const compared = comparedBy(filter);
  if (!compared || !('column' in filter) || filter.column.length > 1) {
    return undefined;
  }
  const { name, quoted } = filter.column[0];
  const column = columns.find(one =>
    quoted ? one.name === name : one.name.toLowerCase() === name.toLowerCase(),
  );
  if (!column) return undefined;
  const type = filterTypeOf(column);
  const condition = { column: column.name, ...compared };
  return operatorsOf(type, column).includes(condition.operator) &&
    isComplete(condition, type)
    ? condition
    : undefined;
}

/**
 * A filter that fits the columns, as rows of the builder.
 *
 * @returns undefined where it says more than rows can show
 */
export function simpleFilter(
  filter: RowFilter,
  columns: readonly DataProductColumn[],
): SimpleFilter | undefined {
  const isJoined = filter.kind === 'and' || filter.kind === 'or';
  const terms = isJoined ? filter.terms : [filter];
  const conditions = terms.flatMap(term => conditionOf(term, columns) ?? []);
  return conditions.length === terms.length
    ? { join: filter.kind === 'or' ? 'or' : 'and', conditions }
    : undefined;
}
