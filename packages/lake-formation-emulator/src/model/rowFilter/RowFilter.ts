/** What a column of a row filter is compared with. */
export type Constant = string | number | boolean;

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A column, or a field of a struct in one: `customer.address.city`. */
export type ColumnPath = readonly PathPart[];

/** A name; one in double quotes is meant as it is spelt. */
export interface PathPart {
  readonly name: string;
  readonly isQuoted: boolean;
}

/** A row filter: which rows of a table a principal may read. */
export type RowFilter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly RowFilter[] }
  | { readonly kind: 'not'; readonly term: RowFilter }
  | { readonly kind: 'all' | 'none' }
  | RowTest;

/** A test of one column against constants. */
export type RowTest = {
  readonly column: ColumnPath;
} & (
  | {
      readonly kind: 'compare';
      readonly comparison: Comparison;
      readonly value: Constant;
    }
  | {
      readonly kind: 'between';
      readonly from: Constant;
      readonly to: Constant;
      readonly isNegated: boolean;
    }
  | {
      readonly kind: 'in';
      readonly values: readonly Constant[];
      readonly isNegated: boolean;
    }
  | {
      readonly kind: 'like';
      readonly pattern: string;
      readonly isNegated: boolean;
    }
  | { readonly kind: 'null'; readonly isNegated: boolean }
);

/** The column path as a person reads it. */
export const spokenPath = (path: ColumnPath) =>
  path.map(({ name }) => name).join('.');
