import type { englishSentences } from './english';

type English = typeof englishSentences;

/**
 * The code of a sentence. What differs by a count is one code.
 *
 * @public
 */
export type SentenceCode = keyof English extends infer TKey
  ? TKey extends `${infer TCode}_one` | `${infer TCode}_other`
    ? TCode
    : TKey
  : never;

/** The messages of a code: one, or one for each plural form. */
type MessageOf<TCode extends SentenceCode> = {
  [TKey in keyof English]: TKey extends
    | TCode
    | `${TCode}_one`
    | `${TCode}_other`
    ? English[TKey]
    : never;
}[keyof English];

type Placeholder<TMessage extends string> =
  TMessage extends `${string}{{${infer TName}}}${infer TRest}`
    ? TName | Placeholder<TRest>
    : never;

type NameOf<TCode extends SentenceCode> =
  MessageOf<TCode> extends infer TMessage
    ? TMessage extends string
      ? Placeholder<TMessage>
      : never
    : never;

/**
 * What a sentence has to be told, for each code: a param for each placeholder.
 *
 * @public
 */
export type SentenceNames<TCode extends SentenceCode> =
  | NameOf<TCode>
  | (`${TCode}_other` extends keyof English ? 'count' : never);
