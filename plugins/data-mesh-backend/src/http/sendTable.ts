import { csvLines } from './csv';
import { sendStream } from './sendStream';

/** A column of an exported table: its name, and what it says of a row. */
export type Column<T> = readonly [string, (row: T) => string | undefined];

/** What people and auditors take away: rows with what they answer. */
export interface ExportedTable<T> {
  /** Name of the file, without its ending. */
  name: string;
  columns: ReadonlyArray<Column<T>>;
  rows: AsyncIterable<readonly T[]> | Iterable<readonly T[]>;
  /**
   * Question, time and the like, at the end of each line, and in a line of their
   * own where there are no rows: a file that was passed on still tells them.
   */
  about: ReadonlyArray<readonly [string, string | undefined]>;
  /** The same and more in JSON, before the rows. */
  facts: object;
}

/** Sends a table as CSV or JSON, as it is read. */
export async function sendTable<T>(
  response: unknown,
  format: 'csv' | 'json',
  table: ExportedTable<T>,
): Promise<void> {
  await sendStream(response, {
    name: `${table.name}.${format}`,
    type:
      format === 'csv'
        ? 'text/csv; charset=utf-8; header=present'
        : 'application/json; charset=utf-8',
    chunks: format === 'csv' ? asCsv(table) : asJson(table),
  });
}

async function* asCsv<T>({
  columns,
  rows,
  about,
}: ExportedTable<T>): AsyncGenerator<string> {
  const said = about.map(([, value]) => value);
  yield csvLines([
    [...columns.map(([name]) => name), ...about.map(([name]) => name)],
  ]);
  let isEmpty = true;
  for await (const some of rows) {
    if (some.length === 0) continue;
    isEmpty = false;
    yield csvLines(
      some.map(row => [...columns.map(([, read]) => read(row)), ...said]),
    );
  }
  if (isEmpty) yield csvLines([[...columns.map(() => undefined), ...said]]);
}

async function* asJson<T>({
  rows,
  facts,
}: ExportedTable<T>): AsyncGenerator<string> {
  const head = JSON.stringify(facts, null, 2).replace(/\n\}$/, '');
  yield `${head},\n  "items": [`;
  let separator = '\n';
  for await (const some of rows) {
    for (const row of some) {
      yield `${separator}    ${JSON.stringify(row)}`;
      separator = ',\n';
    }
  }
  yield `${separator === '\n' ? '' : '\n  '}]\n}\n`;
}
