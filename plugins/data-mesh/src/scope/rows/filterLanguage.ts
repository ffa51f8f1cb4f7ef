import {
  type DataProductColumn,
  type RowFilter,
  type RowFilterConstant,
  numberConstant,
  printRowFilter,
  rowFilterColumnType,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** How a column is compared in one row of the builder. */
export type FilterOperator =
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'in'
  | 'like'
  | 'null'
  | 'not-null';

/** `country = 'DE'`: one row of the builder. */
export interface FilterCondition {
  column: string;
  operator: FilterOperator;
  /** As typed, without quotes; several for `in`, none for `null`. */
  values: string[];
}

/** Conditions of which all, or of which one must hold. */
export interface SimpleFilter {
  join: 'and' | 'or';
  conditions: FilterCondition[];
}

/** What of a column's type decides how it is compared. */
export type FilterType = 'text' | 'number' | 'boolean' | 'other';

/** Rows are built by texts, numbers and booleans; nothing else. */
export function filterTypeOf({
  type,
}: Pick<DataProductColumn, 'type'>): FilterType {
  const { kind } = rowFilterColumnType(type ?? '');
  if (kind === 'string') return 'text';
  return kind === 'number' || kind === 'boolean' ? kind : 'other';
}

/** The operators that a column can be compared by. */
export function operatorsOf(
  type: FilterType,
  { partitionKey }: Pick<DataProductColumn, 'partitionKey'> = {},
): FilterOperator[] {
  // Partition keys are never empty, and Lake Formation refuses to be asked.
  const empty: FilterOperator[] = partitionKey ? [] : ['null', 'not-null'];
  switch (type) {
    case 'boolean':
      return ['=', ...empty];
    case 'number':
      return ['=', '<>', '<', '<=', '>', '>=', 'in', ...empty];
    default:
      return ['=', '<>', 'in', 'like', ...empty];
  }
}

/** Whether a value can be compared with columns of a type. */
export function isValueOf(type: FilterType, value: string): boolean {
  if (type === 'number') return numberConstant(value) !== undefined;
  if (type === 'boolean') return /^(true|false)$/.test(value);
  return value !== '';
}

/** Whether a condition says all that it needs. */
export function isComplete(
  { column, operator, values }: FilterCondition,
  type: FilterType,
): boolean {
  if (!column) return false;
  if (operator === 'null' || operator === 'not-null') return true;
  return (
    values.length > 0 &&
    (operator === 'in' || values.length === 1) &&
    values.every(value => isValueOf(type, value))
  );
}

function constantOf(value: string, type: FilterType): RowFilterConstant {
  if (type === 'boolean') return { type, value: value === 'true' };
  const number = type === 'number' ? numberConstant(value) : undefined;
  return number ?? { type: 'string', value };
}

function testOf(
  { column: name, operator, values }: FilterCondition,
  type: FilterType,
): RowFilter {
  // Printing puts it in quotes where it must stand in some.
  const column = [{ name, quoted: false }];
  const constants = values.map(value => constantOf(value, type));
  switch (operator) {
    case 'null':
    case 'not-null':
      return { kind: 'null', column, negated: operator === 'not-null' };
    case 'in':
      return { kind: 'in', column, values: constants, negated: false };
    case 'like':
      return { kind: 'like', column, pattern: values[0], negated: false };
    default: {
      const [value] = constants;
      return { kind: 'compare', column, comparison: operator, value };
    }
  }
}

/**
 * The expression of the builder's rows, in Lake Formation's words.
 *
 * @returns an empty text while a row is not filled in: to leave that row out
 *   would ask for more than was meant
 */
export function filterText(
  { join, conditions }: SimpleFilter,
  typeOf: (column: string) => FilterType,
): string {
  const isWhole = conditions.every(one => isComplete(one, typeOf(one.column)));
  if (!isWhole) return '';
  const terms = conditions.map(one => testOf(one, typeOf(one.column)));
  return printRowFilter(terms.length === 1 ? terms[0] : { kind: join, terms });
}
