/** A piece of a row filter's text. */
export interface FilterToken {
  kind: 'word' | 'quoted' | 'text' | 'number' | 'symbol' | 'end' | 'bad';
  /** Words in lower case, texts without their quotes. */
  value: string;
  /** As it was written. */
  source: string;
  /** Where it starts, from 1. */
  at: number;
}

const PIECES: ReadonlyArray<[FilterToken['kind'], RegExp]> = [
  ['text', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['symbol', /<=|>=|<>|!=|[=<>(),.]/y],
];

function valueOf(kind: FilterToken['kind'], source: string): string {
  if (kind === 'text') return source.slice(1, -1).replace(/''/g, "'");
  if (kind === 'quoted') return source.slice(1, -1).replace(/""/g, '"');
  return kind === 'word' ? source.toLowerCase() : source;
}

function pieceAt(text: string, index: number): FilterToken {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = index;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) {
      return { kind, value: valueOf(kind, source), source, at: index + 1 };
    }
  }
  const source = text[index];
  return { kind: 'bad', value: source, source, at: index + 1 };
}

/**
 * Cuts a row filter into its pieces, with an end after the last. What is no
 * piece of a filter, like an open quote, is the last piece before the end.
 */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let index = 0;
  while (index < text.length) {
    if (/\s/.test(text[index])) {
      index += 1;
      continue;
    }
    const token = pieceAt(text, index);
    tokens.push(token);
    if (token.kind === 'bad') break;
    index += token.source.length;
  }
  return [...tokens, { kind: 'end', value: '', source: '', at: index + 1 }];
}
