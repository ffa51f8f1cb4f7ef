import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';

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

const TYPES: ReadonlyArray<[RegExp, FilterType]> = [
  [/^(string|(var)?char(\(\d+\))?)$/, 'text'],
  [
    /^(tinyint|smallint|int|integer|long|bigint|float|real|double|decimal(\(\d+(,\d+)?\))?)$/,
    'number',
  ],
  [/^boolean$/, 'boolean'],
];

/** Row filters compare texts, numbers and booleans; nothing else. */
export function filterTypeOf({
  type,
}: Pick<DataProductColumn, 'type'>): FilterType {
  const plain = (type ?? '').replace(/\s+/g, '').toLowerCase();
  return TYPES.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
}

/** The operators that columns of a type can be compared by. */
export function operatorsOf(type: FilterType): FilterOperator[] {
  switch (type) {
    case 'boolean':
      return ['=', 'null', 'not-null'];
    case 'number':
      return ['=', '<>', '<', '<=', '>', '>=', 'in', 'null', 'not-null'];
    default:
      return ['=', '<>', 'in', 'like', 'null', 'not-null'];
  }
}

// PartiQL's words that a column's name must be quoted to be.
const RESERVED = new Set(
  `all alter and any as asc at avg between by case cast coalesce column count
  create cross current_date current_time current_timestamp current_user date
  default delete desc distinct drop else end escape except exists extract false
  from full group having in index inner insert intersect into is join key left
  like limit max min missing natural not null nullif offset on or order outer
  pivot position primary remove right select set some substring sum table then
  time timestamp trim true tuple union unique unpivot update user using value
  values when where with`.split(/\s+/),
);

/** Whether a word must stand in double quotes to name a column. */
export const isReserved = (word: string): boolean =>
  RESERVED.has(word.toLowerCase());

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** Whether a value can be compared with columns of a type. */
export function isValueOf(type: FilterType, value: string): boolean {
  if (type === 'number') return NUMBER.test(value.trim());
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

function columnText(column: string): string {
  return /^[A-Za-z_][A-Za-z0-9_$]*$/.test(column) && !isReserved(column)
    ? column
    : `"${column.replace(/"/g, '""')}"`;
}

function valueText(value: string, type: FilterType): string {
  return type === 'number' || type === 'boolean'
    ? value.trim()
    : `'${value.replace(/'/g, "''")}'`;
}

function conditionText(
  { column, operator, values }: FilterCondition,
  type: FilterType,
): string {
  const name = columnText(column);
  const texts = values.map(value => valueText(value, type));
  switch (operator) {
    case 'null':
      return `${name} IS NULL`;
    case 'not-null':
      return `${name} IS NOT NULL`;
    case 'in':
      return `${name} IN (${texts.join(', ')})`;
    case 'like':
      return `${name} LIKE ${texts[0]}`;
    default:
      return `${name} ${operator} ${texts[0]}`;
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
  return conditions
    .map(one => conditionText(one, typeOf(one.column)))
    .join(join === 'and' ? ' AND ' : ' OR ');
}
