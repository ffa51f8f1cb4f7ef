import { isReserved } from './reservedWords';
import {
  ColumnPath,
  Comparison,
  Constant,
  PathPart,
  RowFilter,
  spokenPath,
} from './RowFilter';
import { Token, badRowFilter, tokenize } from './tokenize';

/** AWS: the whole expression is shorter than this. */
const LENGTH_LIMIT = 2048;
/** The model of the API counts bytes. */
const MAX_BYTES = 2048;
/** Characters that the model allows in no predicate. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;
/** How deep fields of structs may lie. */
const MAX_DEPTH = 5;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

class RowFilterParser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): RowFilter {
    const filter = this.#either();
    if (this.#peek().kind !== 'end') throw this.#unexpected('AND or OR');
    return filter;
  }

  #peek(): Token {
    return this.#tokens[this.#next];
  }

  #unexpected(expected: string) {
    const { kind, source, at } = this.#peek();
    return badRowFilter(
      kind === 'end'
        ? `expected ${expected} at its end`
        : `expected ${expected}, found ${source} at position ${at}`,
    );
  }

  /** Takes the next piece if it is this word or symbol. */
  #takes(value: string): boolean {
    const token = this.#peek();
    const isIt =
      (token.kind === 'word' || token.kind === 'symbol') &&
      token.value === value;
    if (isIt) this.#next += 1;
    return isIt;
  }

  #expect(value: string) {
    if (!this.#takes(value)) {
      throw this.#unexpected(value.toLocaleUpperCase('en-US'));
    }
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
      this.#expect(')');
      return inner;
    }
    if (this.#takes('true')) return { kind: 'all' };
    if (this.#takes('false')) return { kind: 'none' };
    return this.#test(this.#column());
  }

  #column(): ColumnPath {
    const { kind, source } = this.#peek();
    const { kind: nextKind, value: next } = this.#tokens[this.#next + 1] ?? {};
    if (kind === 'word' && nextKind === 'symbol' && next === '(') {
      throw badRowFilter(`functions are not supported, found ${source}()`);
    }
    const path = [this.#name()];
    while (this.#takes('.')) path.push(this.#name());
    if (path.length > MAX_DEPTH) {
      throw badRowFilter(
        `fields may be nested ${MAX_DEPTH} deep, found ${spokenPath(path)}`,
      );
    }
    return path;
  }

  #name(): PathPart {
    const { kind, value, source, at } = this.#peek();
    if (kind === 'quoted') {
      this.#next += 1;
      return { name: value, isQuoted: true };
    }
    if (kind !== 'word') throw this.#unexpected('a column');
    if (isReserved(value)) {
      throw badRowFilter(
        `${source} at position ${at} is a reserved word: put a column of that name in double quotes`,
      );
    }
    this.#next += 1;
    return { name: source, isQuoted: false };
  }

  #test(column: ColumnPath): RowFilter {
    const comparison =
      this.#peek().kind === 'symbol'
        ? COMPARISONS[this.#peek().value]
        : undefined;
    if (comparison) {
      this.#next += 1;
      return { kind: 'compare', column, comparison, value: this.#constant() };
    }
    if (this.#takes('is')) {
      const isNegated = this.#takes('not');
      this.#expect('null');
      return { kind: 'null', column, isNegated };
    }
    const isNegated = this.#takes('not');
    if (this.#takes('between')) {
      const from = this.#constant();
      this.#expect('and');
      return { kind: 'between', column, from, to: this.#constant(), isNegated };
    }
    if (this.#takes('in')) {
      return { kind: 'in', column, values: this.#constants(), isNegated };
    }
    if (this.#takes('like')) {
      const pattern = this.#constant();
      if (typeof pattern !== 'string') {
        throw badRowFilter(`LIKE needs a text, found ${pattern}`);
      }
      return { kind: 'like', column, pattern, isNegated };
    }
    throw this.#unexpected(
      'a comparison (=, <>, !=, <, <=, >, >=, BETWEEN, IN, LIKE, IS NULL)',
    );
  }

  #constants(): Constant[] {
    this.#expect('(');
    const values = [this.#constant()];
    while (this.#takes(',')) values.push(this.#constant());
    this.#expect(')');
    return values;
  }

  #constant(): Constant {
    const { kind, value, source, at } = this.#peek();
    if (kind === 'text') {
      this.#next += 1;
      return value;
    }
    if (kind === 'number') {
      this.#next += 1;
      return Number(value);
    }
    if (this.#takes('true')) return true;
    if (this.#takes('false')) return false;
    if (kind === 'word' && value === 'null') {
      throw badRowFilter('NULL is not compared: use IS NULL or IS NOT NULL');
    }
    if (kind === 'word' || kind === 'quoted') {
      throw badRowFilter(
        `a column is compared with a constant, found ${source} at position ${at}`,
      );
    }
    throw this.#unexpected('a constant');
  }
}

/**
 * Parses a row filter: PartiQL's comparisons of columns with constants, joined
 * by AND, OR and NOT. AND binds tighter than OR. Functions are refused.
 */
export function parseRowFilter(text: string): RowFilter {
  if (text.length >= LENGTH_LIMIT) {
    throw badRowFilter(
      `it must be shorter than ${LENGTH_LIMIT} characters, found ${text.length}`,
    );
  }
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) {
    throw badRowFilter(`it may have ${MAX_BYTES} bytes, found ${bytes}`);
  }
  const control = text.search(CONTROL);
  if (control >= 0) {
    throw badRowFilter(`a control character is at position ${control + 1}`);
  }
  return new RowFilterParser(tokenize(text)).whole();
}
