import { isReserved } from './reservedWords';
import {
  RowFilter,
  RowFilterConstant,
  RowFilterName,
  RowFilterPath,
} from './RowFilter';

/** Whether a name reads as a name also without quotes. */
export const isPlainName = (name: string): boolean =>
  /^[A-Za-z_][A-Za-z0-9_$]*$/.test(name) && !isReserved(name);

const nameText = ({ name, quoted }: RowFilterName) =>
  quoted || !isPlainName(name) ? `"${name.replace(/"/g, '""')}"` : name;

const pathText = (path: RowFilterPath) => path.map(nameText).join('.');

const stringText = (value: string) => `'${value.replace(/'/g, "''")}'`;

function constantText({ type, value }: RowFilterConstant): string {
  return type === 'string' ? stringText(value) : String(value);
}

const isJoined = ({ kind }: RowFilter) => kind === 'and' || kind === 'or';

const inner = (filter: RowFilter) =>
  isJoined(filter) ? `(${printRowFilter(filter)})` : printRowFilter(filter);

/**
 * Writes a row filter in its canonical spelling, which {@link parseRowFilter}
 * reads back as the same: keywords in capitals, one blank between words, and
 * each AND or OR within another in parentheses.
 *
 * @public
 */
export function printRowFilter(filter: RowFilter): string {
  switch (filter.kind) {
    case 'all':
      return 'TRUE';
    case 'none':
      return 'FALSE';
    case 'not':
      return `NOT (${printRowFilter(filter.term)})`;
    case 'and':
    case 'or':
      return filter.terms.map(inner).join(` ${filter.kind.toUpperCase()} `);
    default:
  }
  const column = pathText(filter.column);
  if (filter.kind === 'compare') {
    return `${column} ${filter.comparison} ${constantText(filter.value)}`;
  }
  const not = filter.negated ? 'NOT ' : '';
  switch (filter.kind) {
    case 'null':
      return `${column} IS ${not}NULL`;
    case 'like':
      return `${column} ${not}LIKE ${stringText(filter.pattern)}`;
    case 'between':
      return `${column} ${not}BETWEEN ${constantText(
        filter.from,
      )} AND ${constantText(filter.to)}`;
    default:
      return `${column} ${not}IN (${filter.values
        .map(constantText)
        .join(', ')})`;
  }
}
