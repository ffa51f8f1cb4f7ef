import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { mockServices } from '@backstage/backend-test-utils';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import express from 'express';
import request from 'supertest';
import { concealFailures } from './concealFailures';

const HOST = 'db-7.internal.example.com';

const withCode = (message: string, code: string, name = 'Error') =>
  Object.assign(new Error(message), { code, name });

/** What is answered, and logged, where a route fails. */
async function failing(error: unknown) {
  const logged: string[] = [];
  const logger = mockServices.logger.mock({
    error: (message, meta) => {
      logged.push(`${message} ${meta instanceof Error ? meta.message : ''}`);
    },
  });
  const app = express()
    .get('/x', (_req, _res, next) => next(error))
    .use(concealFailures({ logger, newId: () => 'id-1' }))
    .use(
      MiddlewareFactory.create({
        config: mockServices.rootConfig(),
        logger: mockServices.logger.mock(),
      }).error(),
    );
  const { status, body } = await request(app).get('/x');
  return { status, body, logged };
}

describe('a failure', () => {
  it.each([
    withCode(`connect ECONNREFUSED ${HOST}:5432`, 'ECONNREFUSED'),
    withCode(`getaddrinfo ENOTFOUND ${HOST}`, 'ENOTFOUND'),
    withCode(`could not extend file on ${HOST}: No space left`, '53100'),
    withCode(
      `insert into access_requests on ${HOST}: value too long`,
      '22001',
      'error',
    ),
    withCode(`${HOST} database or disk is full`, 'SQLITE_FULL', 'SqliteError'),
    new Error(`Connection terminated unexpectedly by ${HOST}`),
    new Error(`Unable to acquire a connection of ${HOST}`),
    new Error(`Could not read ${HOST}`, {
      cause: withCode(HOST, 'ECONNRESET'),
    }),
    new AggregateError([withCode(HOST, 'ETIMEDOUT')], HOST),
  ])(
    'of the database or the network is a 503 without its words: %s',
    async error => {
      const { status, body, logged } = await failing(error);
      expect(status).toBe(503);
      expect(body.error).toMatchObject({
        name: 'ServiceUnavailableError',
        correlationId: 'id-1',
      });
      expect(JSON.stringify(body)).not.toContain(HOST);
      expect(logged).toEqual([expect.stringContaining(HOST)]);
      expect(logged[0]).toContain('id-1');
    },
  );

  it.each([new TypeError(`cannot read ${HOST}`), `${HOST} is a text`])(
    'of ours is a 500 without its words: %s',
    async error => {
      const { status, body, logged } = await failing(error);
      expect(status).toBe(500);
      expect(body.error.message).toContain('id-1');
      expect(JSON.stringify(body)).not.toContain(HOST);
      expect(logged).toEqual([expect.stringContaining(HOST)]);
    },
  );

  it.each([
    [400, new InputError('durationDays: is 0')],
    [404, new NotFoundError("There is no request 'x'")],
    [409, new ConflictError('it is approved')],
    [
      413,
      Object.assign(new Error('request entity too large'), { status: 413 }),
    ],
  ])('that is an answer stays one: %d', async (expected, error) => {
    const { status, body, logged } = await failing(error);
    expect(status).toBe(expected);
    expect(body.error.message).toBe(error.message);
    expect(logged).toEqual([]);
  });
});
