import { InputError } from '@backstage/errors';
import { findTextProblems } from '@lakemesh/backstage-plugin-data-mesh-common';
import express, { type Request, type RequestHandler } from 'express';
import { ProblemsError } from '../errors/ProblemsError';

/**
 * The most that a body may have: 5,000 columns with names of 255 characters,
 * and room for what stands beside them.
 */
const MAX_BODY_BYTES = 2 * 1024 * 1024;

/**
 * Values that a body may have: 10,000 columns or ids, and as much again. Reading
 * and checking more of them takes too long, however small they are.
 */
const MAX_VALUES = 50_000;

/** Bodies nest no deeper than a scope in a draft does; this leaves room. */
const MAX_DEPTH = 32;

/** Refuses a URL with a NUL. */
export function refuseNulInUrl(
  req: Request,
  _res: unknown,
  next: () => void,
): void {
  if (req.url.includes('%00')) {
    throw new InputError(
      'The URL contains the character NUL, which no text may have',
    );
  }
  next();
}

/** JSON and queries may write numbers that JavaScript reads as infinite. */
export function refuseInfinite(value: unknown): void {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new InputError(
      'The request contains a number that is too large to be one',
    );
  }
}

/**
 * Refuses texts that cannot be kept, and values that are nested deeper than
 * anything in the contract: what recurses into them later would run out of
 * stack.
 */
function refuseUnreadable(body: unknown): void {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new InputError(
        `The request body is nested deeper than ${MAX_DEPTH} levels`,
      );
    }
    level.forEach(refuseInfinite);
    level = level.flatMap(value =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  const problems = findTextProblems(body);
  if (problems.length > 0) throw new ProblemsError(problems);
}

const [QUOTE, BACKSLASH, COMMA, BRACKET, BRACE] = Buffer.from('"\\,[{');

/** At most how many values JSON has: one after each of `,`, `[` and `{`. */
function countValues(json: Buffer): number {
  let count = 1;
  let isText = false;
  for (let i = 0; i < json.length; i += 1) {
    const byte = json[i];
    if (byte === QUOTE) isText = !isText;
    else if (isText) i += byte === BACKSLASH ? 1 : 0;
    else if (byte === COMMA || byte === BRACKET || byte === BRACE) count += 1;
  }
  return count;
}

/** Express makes anything else of it a 403. */
const badRequest = (message: string): Error =>
  Object.assign(new InputError(message), { statusCode: 400 });

/** Refuses, before it is parsed, what has too many values to be of use. */
function refuseManyValues(
  _req: unknown,
  _res: unknown,
  json: Buffer,
  encoding: string,
): void {
  if (encoding.toLocaleLowerCase('en-US') !== 'utf-8') {
    throw badRequest(`The request body is in ${encoding}, expected UTF-8`);
  }
  const count = countValues(json);
  if (count > MAX_VALUES) {
    throw badRequest(
      `The request body has ${count} values, expected at most ${MAX_VALUES}`,
    );
  }
}

/** Reads JSON bodies, and refuses those that nothing could work with. */
export function readBody(): RequestHandler[] {
  return [
    express.json({ limit: MAX_BODY_BYTES, verify: refuseManyValues }),
    (req, _res, next) => {
      refuseUnreadable(req.body);
      next();
    },
  ];
}
