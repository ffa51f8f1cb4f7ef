import type { NextFunction, Request, Response } from 'express';
import { inTurns } from '../turns';
import { drained } from './sendStream';

/** Up to here an answer is sent in one piece. */
const ONE_PIECE = 256 * 1024;

/**
 * How deep in an answer lists are written item by item: those beside which a
 * page has its own, as the steps of a plan.
 */
const DEPTH = 3;

const JSON_TYPE = 'application/json; charset=utf-8';

const isWrittenWhole = (value: unknown, depth: number): boolean =>
  depth === 0 ||
  typeof value !== 'object' ||
  value === null ||
  'toJSON' in value;

/** The JSON of an answer, a part at a time; nothing for what has none. */
function* piecesOf(value: unknown, depth: number): Generator<string> {
  if (isWrittenWhole(value, depth)) {
    const text = JSON.stringify(value);
    if (text !== undefined) yield text;
    return;
  }
  if (Array.isArray(value)) {
    let before = '[';
    for (const item of value) {
      yield before;
      yield* piecesOf(item ?? null, depth - 1);
      before = ',';
    }
    yield before === '[' ? '[]' : ']';
    return;
  }
  let before = '{';
  for (const [key, inner] of Object.entries(Object(value))) {
    const pieces = piecesOf(inner, depth - 1);
    const first = pieces.next();
    if (first.done) continue;
    yield `${before}${JSON.stringify(key)}:${first.value}`;
    yield* pieces;
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}

async function send(res: Response, body: object): Promise<void> {
  let text = '';
  let isStreamed = false;
  for await (const piece of inTurns(piecesOf(body, DEPTH))) {
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
 * Lets others have their turn while a long answer is written: a page of requests
 * for thousands of columns each is more than can be written in one go.
 */
export function answerInTurns(
  _req: Request,
  res: Response,
  next: NextFunction,
): void {
  const json = res.json.bind(res);
  res.json = (body: unknown) => {
    if (typeof body !== 'object' || body === null) return json(body);
    send(res, body).catch(next);
    return res;
  };
  next();
}
