import type { NextFunction, Request, Response } from 'express';
import { inTurns } from '../turns';
import { drained } from './sendStream';

/** Up to here an answer is sent in one piece. */
const ONE_PIECE = 256 * 1024;

const JSON_TYPE = 'application/json; charset=utf-8';

interface List {
  items: readonly unknown[];
}

function isList(body: unknown): body is List {
  return (
    typeof body === 'object' &&
    body !== null &&
    'items' in body &&
    Array.isArray(body.items)
  );
}

/** The JSON of a list, an item at a time. */
function* piecesOf({ items, ...rest }: List): Generator<string> {
  const fields = JSON.stringify(rest).slice(1, -1);
  yield `{${fields}${fields ? ',' : ''}"items":[`;
  for (const [index, item] of items.entries()) {
    yield `${index > 0 ? ',' : ''}${JSON.stringify(item) ?? 'null'}`;
  }
  yield ']}';
}

async function send(res: Response, list: List): Promise<void> {
  let text = '';
  let isStreamed = false;
  for await (const piece of inTurns(piecesOf(list))) {
    if (res.destroyed) return;
    text += piece;
    if (text.length <= ONE_PIECE) continue;
    if (!isStreamed) res.setHeader('content-type', JSON_TYPE);
    isStreamed = true;
    if (!res.write(text)) await drained(res);
    text = '';
  }
  if (isStreamed) res.end(text);
  else res.setHeader('content-type', JSON_TYPE).send(text);
}

/**
 * Lets others have their turn while a long list is answered: a page of requests
 * for thousands of columns each is more than can be written in one go.
 */
export function answerInTurns(
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  const json = res.json.bind(res);
  res.json = (body: unknown) => {
    if (!isList(body)) return json(body);
    send(res, body).catch(next);
    return res;
  };
  next();
}
