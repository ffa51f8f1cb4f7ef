import { invalidInput } from '../AwsError';

/** A piece of a row filter's text. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'symbol' | 'end';
  /** Words in lower case, texts without their quotes. */
  readonly value: string;
  /** As it was written. */
  readonly source: string;
  /** Where it starts, from 1. */
  readonly at: number;
}

const PIECES: readonly [Token['kind'], RegExp][] = [
  ['text', /'(?:[^']|'')*'/y],
  ['quoted', /"(?:[^"]|"")+"/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['symbol', /<=|>=|<>|!=|[=<>(),.]/y],
];

/** How a row filter is refused: what is wrong, and where. */
export const badRowFilter = (problem: string) =>
  invalidInput(`Row filter expression is invalid: ${problem}`);

const unquoted: Partial<Record<Token['kind'], (source: string) => string>> = {
  text: source => source.slice(1, -1).replaceAll("''", "'"),
  quoted: source => source.slice(1, -1).replaceAll('""', '"'),
  word: source => source.toLocaleLowerCase('en-US'),
};

function pieceAt(text: string, at: number): Token | undefined {
  for (const [kind, pattern] of PIECES) {
    pattern.lastIndex = at;
    const source = pattern.exec(text)?.[0];
    if (source !== undefined) {
      const value = unquoted[kind]?.(source) ?? source;
      return { kind, value, source, at: at + 1 };
    }
  }
  return undefined;
}

/** Cuts a row filter into its pieces, with an end after the last. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at])) {
      at += 1;
      continue;
    }
    const token = pieceAt(text, at);
    if (!token) {
      throw badRowFilter(
        text[at] === "'" || text[at] === '"'
          ? `the quote at position ${at + 1} is not closed`
          : `unexpected '${text[at]}' at position ${at + 1}`,
      );
    }
    tokens.push(token);
    at += token.source.length;
  }
  return [...tokens, { kind: 'end', value: '', source: '', at: at + 1 }];
}
