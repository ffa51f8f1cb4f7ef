import {
  checkRowFilter as checkWithSuggestions,
  type ParsedRowFilter,
  type RowFilterColumn,
} from '@lakemesh/row-filter';
import { nearestName, type NameSuggester } from './nearestName';

export {
  MAX_ROW_FILTER_CHARACTERS,
  canonicalRowFilter,
  isSameRowFilter,
  numberConstant,
  parseRowFilter,
  printRowFilter,
  rowFilterColumnType,
  rowFilterKey,
  rowFilterProblemInWords,
} from '@lakemesh/row-filter';
export type {
  ParsedRowFilter,
  RowFilter,
  RowFilterColumn,
  RowFilterColumnType,
  RowFilterComparison,
  RowFilterConstant,
  RowFilterExpected,
  RowFilterName,
  RowFilterPath,
  RowFilterProblem,
  RowFilterTest,
} from '@lakemesh/row-filter';

/**
 * Parses a row filter and checks that it fits the columns of its table; a
 * mistyped column is refused with the nearest one.
 *
 * @param suggest - finds what a mistyped column was meant to be; pass one where
 *   several filters are checked
 * @public
 */
export const checkRowFilter = (
  text: string,
  columns: readonly RowFilterColumn[],
  suggest: NameSuggester = nearestName,
): ParsedRowFilter => checkWithSuggestions(text, columns, suggest);
