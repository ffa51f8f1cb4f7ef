import type { SentencePart } from '../client/types.generated';

/**
 * Params of a message that are told already.
 *
 * @public
 */
export type SaidParams = { [name: string]: string | number };

/**
 * Says the message of a code in some language.
 *
 * @public
 */
export type Say = (code: string, params: SaidParams) => string;

type Param = NonNullable<SentencePart['params']>[string];

/**
 * Says a part of a sentence with all the parts that it is made of.
 *
 * @param say - gives the message of a code with its params filled in
 * @public
 */
export function sayPart({ code, params = {} }: SentencePart, say: Say): string {
  return say(
    code,
    Object.fromEntries(
      Object.entries(params).map(([name, param]) => [
        name,
        typeof param === 'number' ? param : sayParam(param, say),
      ]),
    ),
  );
}

function sayParam(param: Exclude<Param, number>, say: Say): string {
  if (typeof param === 'string') return param;
  if (!Array.isArray(param)) return sayPart(param, say);
  const items = param.map(item => sayParam(item, say));
  return items.length < 2
    ? items.join('')
    : say('list.and', {
        before: items.slice(0, -1).join(', '),
        last: items[items.length - 1],
      });
}

/**
 * The codes that a part is made of, its own first.
 *
 * @public
 */
export function codesOf({ code, params = {} }: SentencePart): string[] {
  const parts = Object.values(params)
    .flat()
    .filter((param): param is SentencePart => typeof param === 'object');
  return [code, ...parts.flatMap(codesOf)];
}
