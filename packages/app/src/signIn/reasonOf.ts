import { ResponseError } from '@backstage/errors';

/** What went wrong, in the words of the backend where it said any. */
export function reasonOf(error: Error): string {
  return error instanceof ResponseError
    ? error.body.error.message
    : error.message;
}
