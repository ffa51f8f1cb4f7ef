import {
  MAX_ROW_FILTER_BYTES,
  MAX_ROW_FILTER_CHARACTERS,
  bytesOf,
} from './limits';
import { parseRowFilter } from './parseRowFilter';
import { isPlainName, printRowFilter } from './printRowFilter';
import {
  RowFilter,
  RowFilterConstant,
  RowFilterName,
  RowFilterPath,
} from './RowFilter';

/**
 * A name without quotes is the same in lower case; and in lower case, quotes
 * say nothing where the name can stand without.
 */
function canonicalName({ name, quoted }: RowFilterName): RowFilterName {
  if (!quoted) return { name: name.toLowerCase(), quoted };
  return { name, quoted: !isPlainName(name) || name !== name.toLowerCase() };
}

const canonicalPath = (path: RowFilterPath) => path.map(canonicalName);

function negated(term: RowFilter): RowFilter {
  switch (term.kind) {
    case 'all':
      return { kind: 'none' };
    case 'none':
      return { kind: 'all' };
    case 'not':
      return term.term;
    case 'in':
    case 'between':
    case 'like':
    case 'null':
      return { ...term, negated: !term.negated };
    default:
      // Not turned into the opposite comparison: that is no spelling.
      return { kind: 'not', term };
  }
}

/**
 * The same filter in one of its spellings. Only what cannot change the answer
 * for any row is changed, NULL and NaN in it included.
 */
function canonical(filter: RowFilter): RowFilter {
  switch (filter.kind) {
    case 'all':
    case 'none':
      return filter;
    case 'not':
      return negated(canonical(filter.term));
    case 'and':
    case 'or': {
      const { kind } = filter;
      const terms = filter.terms
        .map(canonical)
        .flatMap(term => (term.kind === kind ? term.terms : [term]));
      return { kind, terms };
    }
    default:
      return { ...filter, column: canonicalPath(filter.column) };
  }
}

/** Those that differ, in one order. */
function ordered<T>(items: readonly T[], text: (item: T) => string): T[] {
  const byText = new Map(items.map(item => [text(item), item]));
  return [...byText.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);
}

const constantKey = ({ type, value }: RowFilterConstant) => `${type} ${value}`;

function unordered(filter: RowFilter): RowFilter {
  switch (filter.kind) {
    case 'not':
      return { kind: 'not', term: unordered(filter.term) };
    case 'and':
    case 'or': {
      const terms = ordered(filter.terms.map(unordered), printRowFilter);
      return terms.length === 1 ? terms[0] : { kind: filter.kind, terms };
    }
    case 'in':
      return { ...filter, values: ordered(filter.values, constantKey) };
    default:
      return filter;
  }
}

/** What is left where a text cannot be parsed: white space says nothing. */
const spaced = (text: string) =>
  (text.match(/'(?:[^']|'')*'|[^\s']+|'/g) ?? []).join(' ');

/**
 * The canonical spelling of a row filter, in which its terms keep their order.
 * A text that is no filter, or would become too long, is only trimmed.
 *
 * @public
 */
export function canonicalRowFilter(text: string): string {
  const parsed = parseRowFilter(text);
  if (!parsed.ok) return text.trim();
  const printed = printRowFilter(canonical(parsed.filter));
  return printed.length > MAX_ROW_FILTER_CHARACTERS ||
    bytesOf(printed) > MAX_ROW_FILTER_BYTES
    ? text.trim()
    : printed;
}

/**
 * A text that filters have in common which let the same rows through, however
 * they are spelt and in whatever order their terms stand. For comparing, not
 * for showing; texts that cannot be parsed differ, but for white space.
 *
 * @public
 */
export function rowFilterKey(text: string): string {
  const parsed = parseRowFilter(text);
  return parsed.ok
    ? printRowFilter(unordered(canonical(parsed.filter)))
    : spaced(text);
}

/**
 * Whether two row filters are one and the same in different spellings. An
 * absent one, which is all rows, is the same only as another.
 *
 * @public
 */
export function isSameRowFilter(
  a: string | undefined,
  b: string | undefined,
): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || rowFilterKey(a) === rowFilterKey(b);
}
