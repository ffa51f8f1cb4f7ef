import { FilterToken, filterTokens } from './filterTokens';
import { FilterCondition, isReserved, SimpleFilter } from './filterLanguage';

/** What is wrong with the text of a filter. */
export type FilterProblem =
  | { kind: 'unclosed' | 'unexpected'; found: string; at: number }
  | {
      kind: 'expected';
      what: 'column' | 'comparison' | 'value' | 'join' | 'text';
      found: string;
      at: number;
    }
  | { kind: 'symbol'; symbol: string; found: string; at: number }
  | { kind: 'reserved'; found: string; at: number }
  | { kind: 'unknown-column'; found: string; at: number }
  | { kind: 'function'; found: string; at: number }
  | { kind: 'null'; found: string; at: number };

/** What a filter's text says. */
export type ReadFilter =
  | {
      ok: true;
      /** Undefined where rows of the builder cannot show it. */
      simple?: SimpleFilter;
    }
  | { ok: false; problem: FilterProblem };

const COMPARISONS = ['=', '<>', '!=', '<', '<=', '>', '>='] as const;

type Node =
  | { kind: 'condition'; condition: FilterCondition }
  | { kind: 'and' | 'or'; nodes: Node[] }
  /** Right, but nothing that the builder has a row for. */
  | { kind: 'other' };

class Unreadable extends Error {
  constructor(readonly problem: FilterProblem) {
    super(problem.kind);
  }
}

class FilterReader {
  readonly #tokens: FilterToken[];
  readonly #known?: ReadonlyMap<string, string>;
  #next = 0;

  constructor(text: string, columns?: readonly string[]) {
    this.#tokens = filterTokens(text);
    this.#known =
      columns && new Map(columns.map(name => [name.toLowerCase(), name]));
  }

  read(): Node {
    const node = this.#either();
    if (this.#peek().kind !== 'end') throw this.#expected('join');
    return node;
  }

  #peek(): FilterToken {
    return this.#tokens[this.#next];
  }

  #unexpected(): Unreadable | undefined {
    const { kind, source, at } = this.#peek();
    if (kind !== 'bad') return undefined;
    const isQuote = source === "'" || source === '"';
    return new Unreadable({
      kind: isQuote ? 'unclosed' : 'unexpected',
      found: source,
      at,
    });
  }

  #expected(
    what: Extract<FilterProblem, { kind: 'expected' }>['what'],
  ): Unreadable {
    const { source: found, at } = this.#peek();
    return (
      this.#unexpected() ??
      new Unreadable({ kind: 'expected', what, found, at })
    );
  }

  #takes(value: string): boolean {
    const { kind, value: is } = this.#peek();
    const isIt = (kind === 'word' || kind === 'symbol') && is === value;
    if (isIt) this.#next += 1;
    return isIt;
  }

  #expect(symbol: string) {
    if (this.#takes(symbol)) return;
    const { source: found, at } = this.#peek();
    throw (
      this.#unexpected() ??
      new Unreadable({
        kind: 'symbol',
        symbol: symbol.toUpperCase(),
        found,
        at,
      })
    );
  }

  #either(): Node {
    const nodes = [this.#both()];
    while (this.#takes('or')) nodes.push(this.#both());
    return nodes.length === 1 ? nodes[0] : { kind: 'or', nodes };
  }

  #both(): Node {
    const nodes = [this.#term()];
    while (this.#takes('and')) nodes.push(this.#term());
    return nodes.length === 1 ? nodes[0] : { kind: 'and', nodes };
  }

  #term(): Node {
    if (this.#takes('not')) {
      this.#term();
      return { kind: 'other' };
    }
    if (this.#takes('(')) {
      const node = this.#either();
      this.#expect(')');
      // Brackets around one condition, or around all, change nothing.
      return node;
    }
    if (this.#takes('true') || this.#takes('false')) return { kind: 'other' };
    return this.#test(this.#column());
  }

  /** @returns the column, or undefined for a field of a struct */
  #column(): string | undefined {
    const column = this.#name();
    const { kind, value } = this.#peek();
    if (kind === 'symbol' && value === '(') {
      const { source: found, at } = this.#tokens[this.#next - 1];
      throw new Unreadable({ kind: 'function', found, at });
    }
    const { source: found, at } = this.#tokens[this.#next - 1];
    const known = this.#known ? this.#known.get(column.toLowerCase()) : column;
    if (known === undefined) {
      throw new Unreadable({ kind: 'unknown-column', found, at });
    }
    let isField = false;
    while (this.#takes('.')) {
      this.#name();
      isField = true;
    }
    return isField ? undefined : known;
  }

  #name(): string {
    const { kind, value, source, at } = this.#peek();
    if (kind !== 'quoted' && kind !== 'word') throw this.#expected('column');
    if (kind === 'word' && isReserved(value)) {
      throw new Unreadable({ kind: 'reserved', found: source, at });
    }
    this.#next += 1;
    return kind === 'quoted' ? value : source;
  }

  #test(column: string | undefined): Node {
    const row = (
      operator: FilterCondition['operator'],
      values: string[],
    ): Node =>
      column === undefined
        ? { kind: 'other' }
        : { kind: 'condition', condition: { column, operator, values } };
    const comparison = COMPARISONS.find(
      one => this.#peek().kind === 'symbol' && this.#peek().value === one,
    );
    if (comparison) {
      this.#next += 1;
      const value = this.#value();
      return row(comparison === '!=' ? '<>' : comparison, [value]);
    }
    if (this.#takes('is')) {
      const isNegated = this.#takes('not');
      this.#expect('null');
      return row(isNegated ? 'not-null' : 'null', []);
    }
    const isNegated = this.#takes('not');
    const plain = (node: Node): Node => (isNegated ? { kind: 'other' } : node);
    if (this.#takes('between')) {
      this.#value();
      this.#expect('and');
      this.#value();
      return { kind: 'other' };
    }
    if (this.#takes('in')) {
      this.#expect('(');
      const values = [this.#value()];
      while (this.#takes(',')) values.push(this.#value());
      this.#expect(')');
      return plain(row('in', values));
    }
    if (this.#takes('like')) {
      if (this.#peek().kind !== 'text') throw this.#expected('text');
      return plain(row('like', [this.#value()]));
    }
    throw this.#expected('comparison');
  }

  #value(): string {
    const { kind, value, source, at } = this.#peek();
    if (kind === 'text' || kind === 'number') {
      this.#next += 1;
      return value;
    }
    if (this.#takes('true')) return 'true';
    if (this.#takes('false')) return 'false';
    if (kind === 'word' && value === 'null') {
      throw new Unreadable({ kind: 'null', found: source, at });
    }
    throw this.#expected('value');
  }
}

function simpleOf(node: Node): SimpleFilter | undefined {
  if (node.kind === 'condition') {
    return { join: 'and', conditions: [node.condition] };
  }
  if (node.kind === 'other') return undefined;
  const conditions = node.nodes.flatMap(one =>
    one.kind === 'condition' ? one.condition : [],
  );
  return conditions.length === node.nodes.length
    ? { join: node.kind, conditions }
    : undefined;
}

/**
 * Reads a row filter: comparisons of columns with constants, joined by AND, OR
 * and NOT, as Lake Formation takes them. What it cannot take is told with its
 * place; whether the types fit is for the backend to say.
 *
 * @param columns - those that the table has; without them, any name will do
 */
export function readFilter(
  text: string,
  columns?: readonly string[],
): ReadFilter {
  try {
    return {
      ok: true,
      simple: simpleOf(new FilterReader(text, columns).read()),
    };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { ok: false, problem: error.problem };
    }
    throw error;
  }
}
