import { RowFilterColumnType, rowFilterColumnType } from './columnTypes';
import {
  ParsedRowFilter,
  RowFilterPlaces,
  attempt,
  readRowFilter,
} from './parseRowFilter';
import {
  RowFilter,
  RowFilterConstant,
  RowFilterName,
  RowFilterPath,
  RowFilterTest,
} from './RowFilter';
import { BadRowFilter } from './RowFilterProblem';

/**
 * What a row filter must know of a column. The type is written as in Glue.
 *
 * @public
 */
export interface RowFilterColumn {
  name: string;
  type: string;
  partitionKey?: boolean;
}

/**
 * Finds the column that a mistyped name was most likely meant to be.
 *
 * @returns undefined where no column is near enough
 * @public
 */
export type RowFilterSuggester = (
  typed: string,
  known: Iterable<string>,
) => string | undefined;

/** Whether a name in a filter is the name of a column. */
export const isNamed = ({ name, quoted }: RowFilterName, found: string) =>
  quoted ? name === found : name.toLowerCase() === found.toLowerCase();

/** A path as people read it. */
const spoken = (path: RowFilterPath) => path.map(({ name }) => name).join('.');

function constantsOf(test: RowFilterTest): readonly RowFilterConstant[] {
  switch (test.kind) {
    case 'compare':
      return [test.value];
    case 'between':
      return [test.from, test.to];
    case 'in':
      return test.values;
    default:
      return [];
  }
}

const indexes = new WeakMap<
  readonly RowFilterColumn[],
  ReadonlyMap<string, readonly RowFilterColumn[]>
>();

/**
 * Columns by their name in lower case. Made once for a table: a scope may have
 * many filters, and a filter many tests.
 */
function indexOf(columns: readonly RowFilterColumn[]) {
  const known = indexes.get(columns);
  if (known) return known;
  const index = new Map<string, RowFilterColumn[]>();
  for (const column of columns) {
    const name = column.name.toLowerCase();
    index.set(name, [...(index.get(name) ?? []), column]);
  }
  indexes.set(columns, index);
  return index;
}

class RowFilterChecker {
  readonly #places: RowFilterPlaces;
  readonly #columns: readonly RowFilterColumn[];
  readonly #suggest: RowFilterSuggester | undefined;

  constructor(
    places: RowFilterPlaces,
    columns: readonly RowFilterColumn[],
    suggest: RowFilterSuggester | undefined,
  ) {
    this.#places = places;
    this.#columns = columns;
    this.#suggest = suggest;
  }

  check(filter: RowFilter): void {
    switch (filter.kind) {
      case 'all':
      case 'none':
        return;
      case 'not':
        this.check(filter.term);
        return;
      case 'and':
      case 'or':
        filter.terms.forEach(term => this.check(term));
        return;
      default:
        this.#test(filter);
    }
  }

  #at(part: RowFilterName | RowFilterConstant): number {
    return this.#places.get(part)?.at ?? 1;
  }

  #column({ 0: first }: RowFilterPath): RowFilterColumn {
    const column = indexOf(this.#columns)
      .get(first.name.toLowerCase())
      ?.find(({ name }) => isNamed(first, name));
    if (column) return column;
    const near = this.#suggest?.(
      first.name,
      this.#columns.map(({ name }) => name),
    );
    throw new BadRowFilter({
      kind: 'unknown-column',
      found: first.name,
      at: this.#at(first),
      ...(near !== undefined && { near }),
    });
  }

  /** The type of what a path ends at, in Glue's words and as it is compared. */
  #type(
    path: RowFilterPath,
    column: RowFilterColumn,
  ): [string, RowFilterColumnType] {
    const found = spoken(path);
    const at = this.#at(path[0]);
    if (column.partitionKey && path.length > 1) {
      throw new BadRowFilter({ kind: 'partition-key-field', found, at });
    }
    let written = column.type;
    let type = rowFilterColumnType(written);
    for (const part of path.slice(1)) {
      const field =
        type.kind === 'struct'
          ? [...type.fields].find(([name]) => isNamed(part, name))
          : undefined;
      if (!field) throw new BadRowFilter({ kind: 'unknown-field', found, at });
      written = field[1];
      type = rowFilterColumnType(written);
    }
    return [written, type];
  }

  #test(test: RowFilterTest): void {
    const column = this.#column(test.column);
    const found = spoken(test.column);
    const at = this.#at(test.column[0]);
    const [written, type] = this.#type(test.column, column);
    if (type.kind === 'unsupported') {
      throw new BadRowFilter({
        kind: 'column-type',
        type: written,
        found,
        at,
      });
    }
    if (test.kind === 'null') {
      if (!column.partitionKey) return;
      throw new BadRowFilter({ kind: 'partition-key-null', found, at });
    }
    if (type.kind === 'struct') {
      throw new BadRowFilter({ kind: 'struct', found, at });
    }
    if (test.kind === 'like' && type.kind !== 'string') {
      throw new BadRowFilter({ kind: 'like', found, at });
    }
    const wrong = constantsOf(test).find(one => one.type !== type.kind);
    if (wrong) {
      const place = this.#places.get(wrong);
      throw new BadRowFilter({
        kind: 'constant-type',
        column: found,
        expected: type.kind,
        found: place?.source ?? String(wrong.value),
        at: place?.at ?? at,
      });
    }
  }
}

/**
 * Parses a row filter and checks that it fits the columns of its table: that
 * they exist, are of a type that rows can be filtered by, and are compared with
 * constants of their type.
 *
 * @param suggest - finds what a mistyped column was meant to be; nothing is
 *   suggested without one
 * @public
 */
export function checkRowFilter(
  text: string,
  columns: readonly RowFilterColumn[],
  suggest?: RowFilterSuggester,
): ParsedRowFilter {
  return attempt(() => {
    const { filter, places } = readRowFilter(text);
    new RowFilterChecker(places, columns, suggest).check(filter);
    return filter;
  });
}
