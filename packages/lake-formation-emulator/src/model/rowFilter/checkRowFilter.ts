import { Column, TableRecord, columnsOf, partitionKeysOf } from '../Catalog';
import { ColumnType, columnType } from './columnType';
import {
  ColumnPath,
  Constant,
  PathPart,
  RowFilter,
  RowTest,
  spokenPath,
} from './RowFilter';
import { badRowFilter } from './tokenize';

const isNamed = ({ name, isQuoted }: PathPart, found: string) =>
  isQuoted
    ? name === found
    : name.toLocaleLowerCase('en-US') === found.toLocaleLowerCase('en-US');

function findColumn(table: TableRecord, path: ColumnPath) {
  const find = (columns: readonly Column[]) =>
    columns.find(({ Name }) => isNamed(path[0], Name));
  const partitionKey = find(partitionKeysOf(table));
  const column = partitionKey ?? find(columnsOf(table));
  if (!column) {
    throw badRowFilter(`the table has no column ${path[0].name}`);
  }
  return { column, isPartitionKey: partitionKey !== undefined };
}

/** The type of what a path ends at. */
function typeAt(table: TableRecord, path: ColumnPath): ColumnType {
  const { column, isPartitionKey } = findColumn(table, path);
  if (isPartitionKey && path.length > 1) {
    throw badRowFilter(
      `fields of the partition key ${column.Name} cannot be filtered by`,
    );
  }
  let type = columnType(column.Type);
  for (const part of path.slice(1)) {
    const field =
      type.kind === 'struct'
        ? [...type.fields].find(([name]) => isNamed(part, name))
        : undefined;
    if (!field) throw badRowFilter(`there is no ${spokenPath(path)}`);
    type = columnType(field[1]);
  }
  return type;
}

const constantsOf = (test: RowTest): readonly Constant[] => {
  switch (test.kind) {
    case 'compare':
      return [test.value];
    case 'between':
      return [test.from, test.to];
    case 'in':
      return test.values;
    case 'like':
      return [test.pattern];
    default:
      return [];
  }
};

function checkTest(table: TableRecord, test: RowTest) {
  const name = spokenPath(test.column);
  const type = typeAt(table, test.column);
  if (type.kind === 'unsupported') {
    throw badRowFilter(
      `columns of type ${type.type} are not supported, found ${name}`,
    );
  }
  if (test.kind === 'null') {
    if (findColumn(table, test.column).isPartitionKey) {
      throw badRowFilter(
        `IS NULL and IS NOT NULL cannot be used on the partition key ${name}`,
      );
    }
    return;
  }
  if (type.kind === 'struct') {
    throw badRowFilter(`${name} is a struct: compare one of its fields`);
  }
  if (test.kind === 'like' && type.kind !== 'string') {
    throw badRowFilter(`LIKE needs a text column, found ${name}`);
  }
  const wrong = constantsOf(test).find(value => typeof value !== type.kind);
  if (wrong !== undefined) {
    throw badRowFilter(
      `${name} is compared with a ${type.kind}, found ${JSON.stringify(wrong)}`,
    );
  }
}

/** Refuses a row filter that does not fit the columns of its table. */
export function checkRowFilter(table: TableRecord, filter: RowFilter): void {
  switch (filter.kind) {
    case 'and':
    case 'or':
      filter.terms.forEach(term => checkRowFilter(table, term));
      return;
    case 'not':
      checkRowFilter(table, filter.term);
      return;
    case 'all':
    case 'none':
      return;
    default:
      checkTest(table, filter);
  }
}
