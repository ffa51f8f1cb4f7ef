import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { NotFoundError } from '@backstage/errors';
import type { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { answerInTurns } from './answerInTurns';
import { boundScopes } from './boundScopes';
import { isDateTime } from './isDateTime';
import { readBody, refuseInfinite, refuseNulInUrl } from './readBody';
import { readContract } from '../schema/readContract';
import type { paths } from '../schema/openapi.generated';

type Json<T> = T extends { content: { 'application/json': infer B } }
  ? B
  : never;

/** Body of the one answer of an operation that is no error. */
type SuccessOf<R> = R extends { 200: infer S }
  ? Json<S>
  : R extends { 201: infer S }
  ? Json<S>
  : R extends { 202: infer S }
  ? Json<S>
  : never;

type QueryOf<P> = P extends { query?: infer Q } ? NonNullable<Q> : never;
type PathOf<P> = P extends { path: infer Q } ? Q : {};
type BodyOf<O> = O extends { requestBody: infer B } ? Json<B> : unknown;

interface Operation {
  parameters: object;
  responses: object;
}

type Handler<O extends Operation> = (
  req: Request<
    PathOf<O['parameters']>,
    SuccessOf<O['responses']>,
    BodyOf<O>,
    QueryOf<O['parameters']>
  >,
  res: Response<SuccessOf<O['responses']>>,
) => Promise<void>;

/** Path of the contract as Express writes it: `{id}` is `:id`. */
type Template<P extends string> = P extends `${infer A}{${infer N}}${infer B}`
  ? `${A}:${N}${Template<B>}`
  : P;

type Gets = {
  [P in keyof paths as paths[P] extends { get: Operation }
    ? Template<P>
    : never]: paths[P]['get'] extends infer O extends Operation ? O : never;
};

type Posts = {
  [P in keyof paths as paths[P] extends { post: Operation }
    ? Template<P>
    : never]: paths[P]['post'] extends infer O extends Operation ? O : never;
};

/**
 * Router that knows the paths, parameters, bodies and answers of the contract,
 * from the generated types.
 */
export interface ApiRouter {
  get<P extends keyof Gets>(path: P, handler: Handler<Gets[P]>): unknown;
  post<P extends keyof Posts>(path: P, handler: Handler<Posts[P]>): unknown;
}

/** Answers as GET; Node leaves the body out of the answer to HEAD. */
function answerHeadAsGet(req: Request, _res: Response, next: () => void): void {
  if (req.method === 'HEAD') req.method = 'GET';
  next();
}

/**
 * Lets nothing pass that the validation of the contract did not look at: other
 * methods, and paths that only Express takes for those of the contract.
 */
function refuseUndocumented(
  req: Request,
  _res: Response,
  next: () => void,
): void {
  if (!('openapi' in req) || !req.openapi) {
    throw new NotFoundError(
      `There is no ${req.method} ${req.path} in this API; see /openapi.json`,
    );
  }
  next();
}

/** A query may say `1e400`, which passes for an integer of any size. */
function refuseInfiniteQuery(
  req: Request,
  _res: Response,
  next: () => void,
): void {
  Object.values(req.query).flat().forEach(refuseInfinite);
  next();
}

/** By whether it looks at answers as well. Compiling takes half a second. */
const contracts = new Map<boolean, Router>();

/** Middleware that refuses what the contract does not allow; holds no state. */
function contractRouter(validateResponses: boolean): Router {
  const compiled = contracts.get(validateResponses);
  if (compiled) return compiled;
  const router = createValidatedOpenApiRouterFromGeneratedEndpointMap(
    readContract() as never,
    {
      validatorOptions: {
        validateResponses,
        formats: { 'date-time': { type: 'string', validate: isDateTime } },
      },
      middleware: [answerHeadAsGet, refuseNulInUrl, ...readBody()],
    },
  ) as Router;
  contracts.set(validateResponses, router);
  return router;
}

/** Router that refuses what the contract does not allow. */
export function createApiRouter(options?: {
  /** For tests: answers that break the contract become errors. */
  validateResponses?: boolean;
}): ApiRouter & Router {
  const router: Router = PromiseRouter();
  router.use(contractRouter(options?.validateResponses ?? false));
  router.use(refuseUndocumented, refuseInfiniteQuery, boundScopes);
  // What is validated is answered in one piece.
  if (!options?.validateResponses) router.use(answerInTurns);
  return router;
}
