import { invalidInput, notEmulated } from '../api/AwsError';
import { Condition, ConditionText } from './Condition';

/** AWS's limit. */
const MAX_LENGTH = 3000;
const TAGS = 'context.iam.principalTags';

const PIECE =
  /\s*(?:(?<text>"(?:[^"\\]|\\.)*")|(?<word>[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*)|(?<symbol>&&|\|\||==|!=|<=|>=|[!()[\],<>+*.-])|(?<number>\d+))/y;

interface Piece {
  readonly kind: 'text' | 'word' | 'symbol' | 'number' | 'end';
  readonly value: string;
}

const bad = (problem: string) =>
  invalidInput(`Condition expression is invalid: ${problem}`);

/** Cedar's escapes are those of JSON, as far as tags need them. */
function unquote(source: string): string {
  try {
    return JSON.parse(source.replaceAll("\\'", "'").replaceAll('\\*', '*'));
  } catch {
    throw bad(`${source} is not a text`);
  }
}

function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  const end = text.trimEnd().length;
  while (at < end) {
    PIECE.lastIndex = at;
    const groups = PIECE.exec(text)?.groups;
    const kind = (['text', 'word', 'symbol', 'number'] as const).find(
      name => groups?.[name] !== undefined,
    );
    if (!groups || !kind) {
      const rest = text.slice(at).trimStart();
      throw bad(`unexpected '${rest.charAt(0)}' at position ${at + 1}`);
    }
    found.push({ kind, value: groups[kind] });
    at = PIECE.lastIndex;
  }
  return [...found, { kind: 'end', value: 'its end' }];
}

/** Either a text, or something that is true or false. */
type Value =
  | { readonly kind: 'boolean'; readonly condition: Condition }
  | { readonly kind: 'string'; readonly text: ConditionText };

class ConditionParser {
  readonly #pieces: readonly Piece[];
  #next = 0;

  constructor(found: readonly Piece[]) {
    this.#pieces = found;
  }

  whole(): Condition {
    const condition = this.#either();
    if (this.#peek().kind !== 'end') throw this.#unexpected('&& or ||');
    return condition;
  }

  #peek(): Piece {
    return this.#pieces[this.#next];
  }

  #unexpected(expected: string) {
    return bad(`expected ${expected}, found ${this.#peek().value}`);
  }

  #takes(value: string): boolean {
    const piece = this.#peek();
    const isIt =
      (piece.kind === 'symbol' || piece.kind === 'word') &&
      piece.value === value;
    if (isIt) this.#next += 1;
    return isIt;
  }

  #expect(value: string) {
    if (!this.#takes(value)) throw this.#unexpected(value);
  }

  #either(): Condition {
    const terms = [this.#both()];
    while (this.#takes('||')) terms.push(this.#both());
    return terms.length === 1 ? terms[0] : { kind: 'or', terms };
  }

  #both(): Condition {
    const terms = [this.#term()];
    while (this.#takes('&&')) terms.push(this.#term());
    return terms.length === 1 ? terms[0] : { kind: 'and', terms };
  }

  #term(): Condition {
    if (this.#takes('!')) return { kind: 'not', term: this.#term() };
    if (this.#takes('(')) {
      const inner = this.#either();
      this.#expect(')');
      return inner;
    }
    const value = this.#value();
    return value.kind === 'boolean'
      ? value.condition
      : this.#comparison(value.text);
  }

  #comparison(left: ConditionText): Condition {
    if (this.#takes('==')) {
      return { kind: 'equals', left, right: this.#text() };
    }
    if (this.#takes('!=')) {
      const equals: Condition = { kind: 'equals', left, right: this.#text() };
      return { kind: 'not', term: equals };
    }
    if (this.#takes('like')) {
      const pattern = this.#text();
      if (pattern.kind !== 'text') throw bad('like needs a text');
      return { kind: 'like', text: left, pattern: pattern.value };
    }
    const { kind, value } = this.#peek();
    if (kind === 'symbol' && !['&&', '||', ')'].includes(value)) {
      throw notEmulated(`the operator ${value} in conditions on grants`);
    }
    throw this.#unexpected('==, != or like');
  }

  #text(): ConditionText {
    const value = this.#value();
    if (value.kind !== 'string') throw bad('a text is compared with a text');
    return value.text;
  }

  #value(): Value {
    const { kind, value } = this.#peek();
    if (kind === 'text') {
      this.#next += 1;
      return { kind: 'string', text: { kind: 'text', value: unquote(value) } };
    }
    if (this.#takes('[')) {
      return { kind: 'boolean', condition: this.#set() };
    }
    if (kind !== 'word') {
      if (kind === 'number') {
        throw notEmulated('numbers in conditions on grants');
      }
      throw this.#unexpected('a term');
    }
    this.#next += 1;
    return this.#word(value);
  }

  #word(word: string): Value {
    if (word === 'true' || word === 'false') {
      return {
        kind: 'boolean',
        condition: { kind: 'constant', value: word === 'true' },
      };
    }
    if (word === `${TAGS}.hasTag`) {
      return {
        kind: 'boolean',
        condition: { kind: 'hasTag', key: this.#argument() },
      };
    }
    if (word === `${TAGS}.getTag`) {
      return {
        kind: 'string',
        text: { kind: 'getTag', key: this.#argument() },
      };
    }
    throw notEmulated(`${word} in conditions on grants`);
  }

  #argument(): string {
    this.#expect('(');
    const { kind, value } = this.#peek();
    if (kind !== 'text') throw this.#unexpected('the key of a tag');
    this.#next += 1;
    this.#expect(')');
    return unquote(value);
  }

  #set(): Condition {
    const set: ConditionText[] = [];
    if (!this.#takes(']')) {
      do set.push(this.#text());
      while (this.#takes(','));
      this.#expect(']');
    }
    this.#expect('.');
    if (!this.#takes('contains')) {
      throw notEmulated(
        `.${this.#peek().value} of a set in conditions on grants`,
      );
    }
    this.#expect('(');
    const text = this.#text();
    this.#expect(')');
    return { kind: 'contains', set, text };
  }
}

/**
 * Parses a condition: `hasTag` and `getTag` of the principal's tags, texts,
 * sets of them, `==`, `!=`, `like`, `contains`, `!`, `&&` and `||`. What else
 * Cedar has is refused by its name.
 */
export function parseCondition(text: string): Condition {
  if (!text.trim()) {
    throw bad('it is empty');
  }
  if (text.length > MAX_LENGTH) {
    throw bad(
      `it may have up to ${MAX_LENGTH} characters, found ${text.length}`,
    );
  }
  return new ConditionParser(pieces(text)).whole();
}
