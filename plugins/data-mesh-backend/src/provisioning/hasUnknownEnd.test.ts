import { hasUnknownEnd } from './hasUnknownEnd';

const error = (facts: object) => Object.assign(new Error('x'), facts);

describe('hasUnknownEnd', () => {
  it.each([
    error({ code: 'ECONNRESET' }),
    error({ code: 'UND_ERR_SOCKET' }),
    error({ name: 'TimeoutError' }),
    error({ name: 'AbortError' }),
    error({
      name: 'InternalServiceException',
      $metadata: { httpStatusCode: 500 },
    }),
    error({ cause: error({ code: 'ETIMEDOUT' }) }),
  ])('is so without an answer: %o', failed => {
    expect(hasUnknownEnd(failed)).toBe(true);
  });

  it.each([
    error({
      name: 'AccessDeniedException',
      $metadata: { httpStatusCode: 400 },
    }),
    error({ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } }),
    error({ code: 'NotYetVisible' }),
    'text',
  ])('is not so where the system has answered: %o', failed => {
    expect(hasUnknownEnd(failed)).toBe(false);
  });
});
