import { createValidatedOpenApiRouterFromGeneratedEndpointMap } from '@backstage/backend-openapi-utils';
import { InputError } from '@backstage/errors';
import type { paths } from '@lakemesh/backstage-plugin-data-mesh-common';
import express, { type Request, type Response, type Router } from 'express';
import { spec } from '../schema/openapi.generated';

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

/**
 * PostgreSQL keeps no NUL in text; better a word about it than an error of the
 * database.
 */
function refuseNul(req: Request, _res: Response, next: () => void): void {
  if (
    req.url.includes('%00') ||
    JSON.stringify(req.body ?? null).includes('\\u0000')
  ) {
    throw new InputError(
      'The request contains the character NUL, which no field may have',
    );
  }
  next();
}

/** Router that refuses what the contract does not allow. */
export function createApiRouter(options?: {
  /** For tests: answers that break the contract become errors. */
  validateResponses?: boolean;
}): ApiRouter & Router {
  return createValidatedOpenApiRouterFromGeneratedEndpointMap(
    // The parameter is not read-only in its type, though nothing writes to it;
    // the clone makes that certain.
    structuredClone(spec) as never,
    {
      validatorOptions: {
        validateResponses: options?.validateResponses ?? false,
      },
      middleware: [express.json(), refuseNul],
    },
  ) as Router;
}
