import { BadRowFilter } from './RowFilterProblem';

/** A piece of a row filter's text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'symbol' | 'end';
  /** Words in lower case, texts and names without their quotes. */
  readonly value: string;
  /** As it is written. */
  readonly source: string;
  /** Where it starts, from 1. */
  readonly at: number;
}

const PIECES: ReadonlyArray<[Token['kind'], RegExp]> = [
  ['text', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['symbol', /<=|>=|<>|!=|[=<>(),.]/y],
];

/** Characters that AWS's model of the API takes in no predicate. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

function valueOf(kind: Token['kind'], source: string): string {
  if (kind === 'text') return source.slice(1, -1).replace(/''/g, "'");
  if (kind === 'quoted') return source.slice(1, -1).replace(/""/g, '"');
  return kind === 'word' ? source.toLowerCase() : source;
}

function pieceAt(text: string, index: number): Token {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = index;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) {
      return { kind, value: valueOf(kind, source), source, at: index + 1 };
    }
  }
  const found = text[index];
  const isQuote = found === "'" || found === '"';
  throw new BadRowFilter({
    kind: isQuote ? 'unclosed' : 'unexpected',
    found,
    at: index + 1,
  });
}

/**
 * Cuts a row filter into its pieces, with an end after the last.
 *
 * @throws BadRowFilter where something is no piece of a filter
 */
export function tokensOf(text: string): Token[] {
  const control = CONTROL.exec(text);
  if (control) {
    const [found] = control;
    throw new BadRowFilter({
      kind: 'unexpected',
      found: `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
      at: control.index + 1,
    });
  }
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text[index])) {
      index += 1;
      continue;
    }
    const token = pieceAt(text, index);
    tokens.push(token);
    index += token.source.length;
  }
  return [...tokens, { kind: 'end', value: '', source: '', at: index + 1 }];
}
