import type { Sentence, SentencePart } from '../client/types.generated';
import type { SentenceCode, SentenceNames } from './SentenceCode';
import { englishSentences } from './english';
import { sayPart, type Say, type SaidParams } from './sayPart';

/**
 * What is put into a sentence: a text or a number as it stands, another
 * sentence, or a list of them, which is told as "a, b and c".
 *
 * @public
 */
export type SentenceValue =
  | string
  | number
  | Sentence
  | ReadonlyArray<string | Sentence>;

/**
 * A value for each placeholder of a sentence.
 *
 * @public
 */
export type SentenceValues<TCode extends SentenceCode> = {
  [TName in SentenceNames<TCode>]: TName extends 'count'
    ? number
    : SentenceValue;
};

const messages: { readonly [key: string]: string } = englishSentences;

/**
 * Whether there is an English message for a code.
 *
 * @public
 */
export function isSentenceCode(code: string): code is SentenceCode {
  return (
    Object.hasOwn(messages, code) || Object.hasOwn(messages, `${code}_other`)
  );
}

const english: Say = (code: string, params: SaidParams) => {
  const form = params.count === 1 ? 'one' : 'other';
  const message = messages[code] ?? messages[`${code}_${form}`];
  return message.replace(/\{\{(\w+)\}\}/g, (_, name) => `${params[name]}`);
};

/** What has no code is told as it stands, in every language. */
function partOf(value: string | Sentence): string | SentencePart {
  if (typeof value === 'string') return value;
  const { text, code, params } = value;
  return code === undefined ? text : { code, ...(params && { params }) };
}

/**
 * A sentence for people: its English text, and the code and params that a user
 * interface translates it by. Names in it stand in backticks.
 *
 * @param code - of a message of {@link englishSentences}
 * @param values - one for each placeholder of the message
 * @public
 */
export function sentence<TCode extends SentenceCode>(
  code: TCode,
  ...[values]: [SentenceNames<TCode>] extends [never]
    ? []
    : [values: SentenceValues<TCode>]
): Sentence {
  const params = Object.fromEntries(
    Object.entries<SentenceValue>(values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : partsOf(value),
    ]),
  );
  const part = { code, ...(values && { params }) };
  return { ...part, text: sayPart(part, english) };
}

function partsOf(value: string | Sentence | ReadonlyArray<string | Sentence>) {
  return typeof value === 'object' && !('text' in value)
    ? value.map(partOf)
    : partOf(value);
}
