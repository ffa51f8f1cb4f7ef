import {
  parseRowFilter,
  rowFilterProblemInWords,
  type RowFilter,
  type RowFilterConstant,
  type RowFilterTest,
} from '@lakemesh/row-filter';
import { invalidInput } from '../api/AwsError';
import { Column } from './TableDefinition';

/** Whether a partition, by its values, is one that was asked for. */
export type PartitionTest = (values: readonly string[]) => boolean;

const NUMERIC =
  /^(tinyint|smallint|int|integer|long|bigint|float|double|decimal(\(\d+(,\s*\d+)?\))?)$/i;
const TEXTUAL = /^(string|date|timestamp|(var)?char(\(\d+\))?)$/i;

const badExpression = (problem: string) =>
  invalidInput(`Unsupported expression for partitions: ${problem}`);

/** How a partition's value is compared: as a number or as a text. */
type Reader = (value: string) => number | string;

function readerFor({ Name, Type = 'string' }: Column): Reader {
  if (NUMERIC.test(Type)) {
    return value => {
      const number = Number(value);
      if (value === '' || Number.isNaN(number)) {
        throw badExpression(
          `'${Name}' of type ${Type} is compared with a number, found '${value}'`,
        );
      }
      return number;
    };
  }
  if (TEXTUAL.test(Type)) return value => value;
  throw badExpression(`'${Name}' is of the type ${Type}`);
}

/** `%` stands for anything, `_` for one character. */
function likePattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${source}$`, 's');
}

function compare(comparison: string, a: number | string, b: number | string) {
  switch (comparison) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}

/** A constant as a partition's value would be written. */
const written = ({ type, value }: RowFilterConstant): string =>
  type === 'number' ? String(Number(value)) : String(value);

function readTest(test: RowFilterTest, keys: readonly Column[]): PartitionTest {
  const wanted = test.column.map(({ name }) => name).join('.');
  const place = keys.findIndex(
    ({ Name }) =>
      Name.toLocaleLowerCase('en-US') === wanted.toLocaleLowerCase('en-US'),
  );
  if (place === -1) {
    throw badExpression(`the table has no partition key '${wanted}'`);
  }
  const read = readerFor(keys[place]);
  const negatable = (holds: (value: string) => boolean): PartitionTest => {
    const isNegated = test.kind !== 'compare' && test.negated;
    return values => holds(values[place]) !== isNegated;
  };
  switch (test.kind) {
    case 'compare': {
      const constant = read(written(test.value));
      return negatable(value =>
        compare(test.comparison, read(value), constant),
      );
    }
    case 'between': {
      const [from, to] = [read(written(test.from)), read(written(test.to))];
      return negatable(value => read(value) >= from && read(value) <= to);
    }
    case 'in': {
      const constants = test.values.map(value => read(written(value)));
      return negatable(value => constants.includes(read(value)));
    }
    case 'like': {
      const pattern = likePattern(test.pattern);
      return negatable(value => pattern.test(value));
    }
    default:
      // Hive's name for a partition without a value.
      return negatable(value => value === '__HIVE_DEFAULT_PARTITION__');
  }
}

function compile(filter: RowFilter, keys: readonly Column[]): PartitionTest {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const terms = filter.terms.map(term => compile(term, keys));
      return filter.kind === 'and'
        ? values => terms.every(holds => holds(values))
        : values => terms.some(holds => holds(values));
    }
    case 'not': {
      const holds = compile(filter.term, keys);
      return values => !holds(values);
    }
    case 'all':
      return () => true;
    case 'none':
      return () => false;
    default:
      return readTest(filter, keys);
  }
}

/**
 * Reads the expression by which partitions are asked for: comparisons of
 * partition keys with constants, as in row filters.
 */
export function partitionTest(
  expression: string | undefined,
  keys: readonly Column[],
): PartitionTest {
  if (!expression?.trim()) return () => true;
  const parsed = parseRowFilter(expression);
  if (!parsed.ok) throw badExpression(rowFilterProblemInWords(parsed.problem));
  return compile(parsed.filter, keys);
}
