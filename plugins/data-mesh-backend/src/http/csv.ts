import { stringify } from 'csv-stringify/sync';

/**
 * Lines of a CSV file (RFC 4180). No cell is one that a spreadsheet takes for a
 * formula: names, reasons and filters are other people's text.
 */
export function csvLines(
  lines: ReadonlyArray<ReadonlyArray<string | undefined>>,
): string {
  return stringify([...lines], {
    escape_formulas: true,
    quoted_empty: false,
    quoted_string: true,
    record_delimiter: 'windows',
  });
}
