/**
 * A cell that no spreadsheet takes for a formula: names, reasons and filters are
 * other people's text.
 */
export function csvCell(text: string | undefined): string {
  if (text === undefined || text === '') return '';
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

/** A line of cells. */
export function csvLine(cells: ReadonlyArray<string | undefined>): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}
