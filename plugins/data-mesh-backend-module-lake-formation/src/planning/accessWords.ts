import {
  counted,
  namesInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ColumnSet, isAllColumns, isNoColumns } from '../model/ColumnSet';
import { TableWant, qualifiedName } from '../model/TableWant';

/** How many columns or tables a sentence names before it counts. */
const NAMES_IN_A_SENTENCE = 12;
/** How many tables with chosen columns a sentence tells one by one. */
const COLUMN_LISTS_IN_A_SENTENCE = 3;

const names = (all: string[]) => namesInWords(all, NAMES_IN_A_SENTENCE);

/**
 * What is held or wanted on some tables, as the middle of a sentence, like
 * ``SELECT on columns `a` and `b` of `sales.orders` ``.
 */
export function accessInWords(wants: TableWant[]): string {
  const wholes = new Map<string, TableWant[]>();
  const byColumns: TableWant[] = [];
  for (const want of wants) {
    const { select, permissions } = want.access;
    const allColumns = isAllColumns(select);
    const words = [...(allColumns ? ['SELECT'] : []), ...permissions].join(
      ' and ',
    );
    if (words) {
      wholes.set(words, [...(wholes.get(words) ?? []), want]);
    }
    if (!allColumns && !isNoColumns(select)) byColumns.push(want);
  }
  return [
    ...[...wholes].map(
      ([permissions, tables]) => `${permissions} on ${tablesInWords(tables)}`,
    ),
    ...(byColumns.length > COLUMN_LISTS_IN_A_SENTENCE
      ? [`SELECT on chosen columns of ${tablesInWords(byColumns)}`]
      : byColumns.map(
          want =>
            `SELECT on ${columnsInWords(
              want.access.select,
            )} of \`${qualifiedName(want)}\``,
        )),
  ].join(', ');
}

function tablesInWords(wants: TableWant[]): string {
  const [first] = wants;
  if (wants.length === 1) return `\`${qualifiedName(first)}\``;
  return `${counted(wants.length, 'table')} of \`${first.database}\` (${names(
    wants.map(want => want.table),
  )})`;
}

function columnsInWords(columns: ColumnSet): string {
  if ('except' in columns) {
    return columns.except.length
      ? `all columns except ${names(columns.except)}`
      : 'all columns';
  }
  return `${columns.only.length === 1 ? 'column' : 'columns'} ${names(
    columns.only,
  )}`;
}
