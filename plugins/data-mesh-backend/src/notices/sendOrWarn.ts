import type { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Sends without waiting. What happened has happened, told or not: where it
 * cannot be told, the log says so.
 *
 * @param what - what is sent, as in "event about a request"
 */
export function sendOrWarn(
  logger: LoggerService,
  what: string,
  send: () => Promise<void>,
): void {
  send().catch(error =>
    logger.warn(`The ${what} could not be sent`, {
      reason: error instanceof Error ? error.message : String(error),
    }),
  );
}
