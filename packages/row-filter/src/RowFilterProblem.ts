/**
 * What a row filter's text lacks where something else stands.
 *
 * @public
 */
export type RowFilterExpected =
  | 'column'
  | 'comparison'
  | 'constant'
  | 'join'
  | 'string';

/**
 * What is wrong with a row filter: what was found, and where it starts, counted
 * from 1. `found` is empty at the end of the text.
 *
 * @public
 */
export type RowFilterProblem = {
  readonly found: string;
  readonly at: number;
} & (
  | { readonly kind: 'too-long'; readonly characters: number }
  | { readonly kind: 'too-many-bytes'; readonly bytes: number }
  | {
      readonly kind:
        | 'unclosed'
        | 'unexpected'
        | 'reserved'
        | 'function'
        | 'null'
        | 'too-deep'
        | 'unknown-field'
        | 'struct'
        | 'like'
        | 'partition-key-field'
        | 'partition-key-null';
    }
  | { readonly kind: 'expected'; readonly expected: RowFilterExpected }
  | { readonly kind: 'symbol'; readonly symbol: string }
  | { readonly kind: 'unknown-column'; readonly near?: string }
  | { readonly kind: 'column-type'; readonly type: string }
  | {
      readonly kind: 'constant-type';
      readonly column: string;
      readonly expected: 'string' | 'number' | 'boolean';
    }
);

/** Carries a problem out of reading or checking a filter. */
export class BadRowFilter extends Error {
  constructor(readonly problem: RowFilterProblem) {
    super(problem.kind);
  }
}
