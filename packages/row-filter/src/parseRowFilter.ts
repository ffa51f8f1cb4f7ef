import {
  MAX_ROW_FILTER_BYTES,
  MAX_ROW_FILTER_CHARACTERS,
  MAX_ROW_FILTER_DEPTH,
  bytesOf,
} from './limits';
import { numberConstant } from './numberConstant';
import { isReserved } from './reservedWords';
import {
  RowFilter,
  RowFilterComparison,
  RowFilterConstant,
  RowFilterName,
  RowFilterPath,
} from './RowFilter';
import {
  BadRowFilter,
  RowFilterExpected,
  RowFilterProblem,
} from './RowFilterProblem';
import { Token, tokensOf } from './tokens';

/**
 * A row filter, or what is wrong with its text.
 *
 * @public
 */
export type ParsedRowFilter =
  | { readonly ok: true; readonly filter: RowFilter }
  | { readonly ok: false; readonly problem: RowFilterProblem };

/** Where the names and constants of a filter stand in its text, from 1. */
export type RowFilterPlaces = ReadonlyMap<
  RowFilterName | RowFilterConstant,
  Token
>;

const COMPARISONS = new Map<string, RowFilterComparison>([
  ['=', '='],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);

class RowFilterReader {
  readonly places = new Map<RowFilterName | RowFilterConstant, Token>();
  readonly #tokens: Token[];
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  read(): RowFilter {
    const filter = this.#either();
    if (this.#peek().kind !== 'end') throw this.#expected('join');
    return filter;
  }

  #peek(): Token {
    return this.#tokens[this.#next];
  }

  #expected(expected: RowFilterExpected): BadRowFilter {
    const { source: found, at } = this.#peek();
    return new BadRowFilter({ kind: 'expected', expected, found, at });
  }

  /** Goes past the next piece if it is this word or symbol. */
  #takes(value: string): boolean {
    const { kind, value: is } = this.#peek();
    const isIt = (kind === 'word' || kind === 'symbol') && is === value;
    if (isIt) this.#next += 1;
    return isIt;
  }

  #take<T extends RowFilterName | RowFilterConstant>(value: T): T {
    this.places.set(value, this.#peek());
    this.#next += 1;
    return value;
  }

  #need(value: string) {
    if (this.#takes(value)) return;
    const { source: found, at } = this.#peek();
    throw new BadRowFilter({
      kind: 'symbol',
      symbol: value.toUpperCase(),
      found,
      at,
    });
  }

  #either(): RowFilter {
    const terms = [this.#both()];
    while (this.#takes('or')) terms.push(this.#both());
    return terms.length === 1 ? terms[0] : { kind: 'or', terms };
  }

  #both(): RowFilter {
    const terms = [this.#term()];
    while (this.#takes('and')) terms.push(this.#term());
    return terms.length === 1 ? terms[0] : { kind: 'and', terms };
  }

  #term(): RowFilter {
    if (this.#takes('not')) return { kind: 'not', term: this.#term() };
    if (this.#takes('(')) {
      const inner = this.#either();
      this.#need(')');
      return inner;
    }
    if (this.#takes('true')) return { kind: 'all' };
    if (this.#takes('false')) return { kind: 'none' };
    return this.#test(this.#column());
  }

  #column(): RowFilterPath {
    const first = this.#peek();
    const path = [this.#name()];
    if (this.#peek().kind === 'symbol' && this.#peek().value === '(') {
      const { source: found, at } = first;
      throw new BadRowFilter({ kind: 'function', found, at });
    }
    while (this.#takes('.')) path.push(this.#name());
    if (path.length > MAX_ROW_FILTER_DEPTH) {
      throw new BadRowFilter({
        kind: 'too-deep',
        found: path.map(({ name }) => name).join('.'),
        at: first.at,
      });
    }
    return path;
  }

  #name(): RowFilterName {
    const { kind, value, source, at } = this.#peek();
    if (kind === 'quoted') return this.#take({ name: value, quoted: true });
    if (kind !== 'word') throw this.#expected('column');
    if (isReserved(value)) {
      const next = this.#tokens[this.#next + 1];
      const isCall = next.kind === 'symbol' && next.value === '(';
      throw new BadRowFilter({
        kind: isCall ? 'function' : 'reserved',
        found: source,
        at,
      });
    }
    return this.#take({ name: source, quoted: false });
  }

  #test(column: RowFilterPath): RowFilter {
    const { kind, value } = this.#peek();
    const comparison = kind === 'symbol' ? COMPARISONS.get(value) : undefined;
    if (comparison) {
      this.#next += 1;
      return { kind: 'compare', column, comparison, value: this.#constant() };
    }
    if (this.#takes('is')) {
      const isNot = this.#takes('not');
      this.#need('null');
      return { kind: 'null', column, negated: isNot };
    }
    const negated = this.#takes('not');
    if (this.#takes('between')) {
      const from = this.#constant();
      this.#need('and');
      return { kind: 'between', column, from, to: this.#constant(), negated };
    }
    if (this.#takes('in')) {
      return { kind: 'in', column, values: this.#constants(), negated };
    }
    if (this.#takes('like')) {
      if (this.#peek().kind !== 'text') throw this.#expected('string');
      const pattern = this.#peek().value;
      this.#next += 1;
      return { kind: 'like', column, pattern, negated };
    }
    throw this.#expected('comparison');
  }

  #constants(): RowFilterConstant[] {
    this.#need('(');
    const values = [this.#constant()];
    while (this.#takes(',')) values.push(this.#constant());
    this.#need(')');
    return values;
  }

  #constant(): RowFilterConstant {
    const { kind, value, source: found, at } = this.#peek();
    if (kind === 'text') return this.#take({ type: 'string', value });
    if (kind === 'number') {
      const number = numberConstant(value);
      if (number) return this.#take(number);
    }
    if (kind === 'word' && (value === 'true' || value === 'false')) {
      return this.#take({ type: 'boolean', value: value === 'true' });
    }
    if (kind === 'word' && value === 'null') {
      throw new BadRowFilter({ kind: 'null', found, at });
    }
    throw this.#expected('constant');
  }
}

/**
 * Reads a filter with the places of what stands in it.
 *
 * @throws BadRowFilter where it is none
 */
export function readRowFilter(text: string): {
  filter: RowFilter;
  places: RowFilterPlaces;
} {
  const found = '';
  if (text.length > MAX_ROW_FILTER_CHARACTERS) {
    throw new BadRowFilter({
      kind: 'too-long',
      characters: text.length,
      found,
      at: MAX_ROW_FILTER_CHARACTERS + 1,
    });
  }
  const bytes = bytesOf(text);
  if (bytes > MAX_ROW_FILTER_BYTES) {
    const at = text.length;
    throw new BadRowFilter({ kind: 'too-many-bytes', bytes, found, at });
  }
  const reader = new RowFilterReader(text);
  return { filter: reader.read(), places: reader.places };
}

/** Runs what may find a filter bad. */
export function attempt(read: () => RowFilter): ParsedRowFilter {
  try {
    return { ok: true, filter: read() };
  } catch (error) {
    if (error instanceof BadRowFilter) {
      return { ok: false, problem: error.problem };
    }
    throw error;
  }
}

/**
 * Parses a row filter: comparisons of columns with constants, joined by AND, OR
 * and NOT, as AWS Lake Formation takes them. NOT binds tightest, then AND. What
 * columns there are is not looked at; see {@link checkRowFilter}.
 *
 * @public
 */
export function parseRowFilter(text: string): ParsedRowFilter {
  return attempt(() => readRowFilter(text).filter);
}
