import {
  checkRowFilter as checkWithColumns,
  parseRowFilter as parse,
  rowFilterProblemInWords,
  type ParsedRowFilter,
  type RowFilter,
} from '@lakemesh/row-filter';
import { invalidInput } from '../api/AwsError';
import { Column } from './TableDefinition';
import { TableRecord, columnsOf, partitionKeysOf } from './TableRecord';

function filterOf(parsed: ParsedRowFilter): RowFilter {
  if (parsed.ok) return parsed.filter;
  throw invalidInput(
    `Row filter expression is invalid: ${rowFilterProblemInWords(
      parsed.problem,
    )}`,
  );
}

/** Parses a row filter, whatever its table. */
export const parseRowFilter = (text: string): RowFilter =>
  filterOf(parse(text));

const asFilterColumn = ({ Name, Type = '' }: Column) => ({
  name: Name,
  type: Type,
});

/** Refuses a row filter that does not fit the columns of its table. */
export function checkRowFilter(table: TableRecord, text: string): void {
  filterOf(
    checkWithColumns(text, [
      ...partitionKeysOf(table).map(key => ({
        ...asFilterColumn(key),
        partitionKey: true,
      })),
      ...columnsOf(table).map(asFilterColumn),
    ]),
  );
}
