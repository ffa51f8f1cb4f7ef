import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  CustomErrorBase,
  ServiceUnavailableError,
  isError,
} from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** Errors that say something to who calls, by their names. */
const SPOKEN = new Set([
  'InputError',
  'AuthenticationError',
  'NotAllowedError',
  'NotFoundError',
  'ConflictError',
  'NotModifiedError',
  'NotImplementedError',
  'ServiceUnavailableError',
]);

/** Something failed that nobody expects; what it was stands in the log. */
class UnexpectedError extends CustomErrorBase {
  name = 'InternalServerError' as const;
}

/** The error, what caused it, and what of several at once failed. */
function* chainOf(error: unknown, depth = 0): Generator<Error> {
  if (!isError(error) || depth > 5) return;
  yield error;
  yield* chainOf(error.cause, depth + 1);
  if (Array.isArray(error.errors)) {
    for (const one of error.errors) yield* chainOf(one, depth + 1);
  }
}

/** Whether the database, or the way to something, is what failed. */
function isDownstream(error: Error & { code?: unknown }): boolean {
  const code = typeof error.code === 'string' ? error.code : '';
  return (
    // SQLite, PostgreSQL (SQLSTATE) and the network.
    /^SQLITE_/.test(code) ||
    /^[0-9A-Z]{5}$/.test(code) ||
    /^(E[A-Z]{3,}|UND_ERR_\w+)$/.test(code) ||
    error.name === 'KnexTimeoutError' ||
    /acquire a connection|connection (terminated|ended|closed)|client was closed/i.test(
      error.message,
    )
  );
}

/** Whether people may be told what the error says. */
export function isSpoken(error: unknown): boolean {
  if (!isError(error)) return false;
  if (SPOKEN.has(error.name)) return true;
  const status = Number(error.statusCode ?? error.status);
  return status >= 400 && status < 500;
}

/**
 * Lets nothing of a failure of ours into an answer: messages of databases and
 * sockets name hosts, tables and statements. The answer has an id by which the
 * failure is found in the log.
 */
export function concealFailures(deps: {
  logger: LoggerService;
  newId?: () => string;
}): ErrorRequestHandler {
  const newId = deps.newId ?? randomUUID;
  return (error, req, res, next) => {
    if (isSpoken(error) || res.headersSent) {
      next(error);
      return;
    }
    const correlationId = newId();
    deps.logger.error(
      `${req.method} ${req.path} failed (${correlationId})`,
      isError(error) ? error : new Error(String(error)),
    );
    const told = [...chainOf(error)].some(isDownstream)
      ? new ServiceUnavailableError(
          `The data mesh cannot reach its database or a service that it needs. Try again later; if it stays, tell your platform team the id ${correlationId}`,
        )
      : new UnexpectedError(
          `Something went wrong that should not. Tell your platform team the id ${correlationId}`,
        );
    next(Object.assign(told, { correlationId }));
  };
}
