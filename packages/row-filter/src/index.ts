/**
 * The row filters of AWS Lake Formation: read, checked against the columns of
 * a table, compared and printed.
 *
 * @packageDocumentation
 */
export * from './RowFilter';
export {
  type RowFilterExpected,
  type RowFilterProblem,
} from './RowFilterProblem';
export {
  canonicalRowFilter,
  isSameRowFilter,
  rowFilterKey,
} from './canonicalRowFilter';
export {
  checkRowFilter,
  type RowFilterColumn,
  type RowFilterSuggester,
} from './checkRowFilter';
export { rowFilterColumnType, type RowFilterColumnType } from './columnTypes';
export { MAX_ROW_FILTER_CHARACTERS } from './limits';
export { numberConstant } from './numberConstant';
export { parseRowFilter, type ParsedRowFilter } from './parseRowFilter';
export { printRowFilter } from './printRowFilter';
export { rowFilterProblemInWords } from './rowFilterProblemInWords';
