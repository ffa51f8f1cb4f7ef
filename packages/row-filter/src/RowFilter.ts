/**
 * A name in a row filter. Quoted, it is meant in just this spelling; else in
 * any, upper or lower case.
 *
 * @public
 */
export interface RowFilterName {
  readonly name: string;
  readonly quoted: boolean;
}

/**
 * A column, or a field of a struct in one: `customer.address.city`.
 *
 * @public
 */
export type RowFilterPath = readonly RowFilterName[];

/**
 * What a column is compared with. Numbers are kept in digits: as JavaScript's
 * numbers, long ones would become others.
 *
 * @public
 */
export type RowFilterConstant =
  | { readonly type: 'string' | 'number'; readonly value: string }
  | { readonly type: 'boolean'; readonly value: boolean };

/**
 * How a column is compared with one constant.
 *
 * @public
 */
export type RowFilterComparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/**
 * A test of one column against constants.
 *
 * @public
 */
export type RowFilterTest = {
  readonly column: RowFilterPath;
} & (
  | {
      readonly kind: 'compare';
      readonly comparison: RowFilterComparison;
      readonly value: RowFilterConstant;
    }
  | {
      readonly kind: 'between';
      readonly from: RowFilterConstant;
      readonly to: RowFilterConstant;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'in';
      readonly values: readonly RowFilterConstant[];
      readonly negated: boolean;
    }
  | {
      readonly kind: 'like';
      readonly pattern: string;
      readonly negated: boolean;
    }
  | { readonly kind: 'null'; readonly negated: boolean }
);

/**
 * Which rows of a table somebody may read. `and` and `or` have two terms or
 * more; `all` and `none` are TRUE and FALSE.
 *
 * @public
 */
export type RowFilter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly RowFilter[] }
  | { readonly kind: 'not'; readonly term: RowFilter }
  | { readonly kind: 'all' | 'none' }
  | RowFilterTest;
