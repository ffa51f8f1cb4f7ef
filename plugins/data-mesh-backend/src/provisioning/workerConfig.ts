import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Backoff } from './backoff';

/** How the worker works; `dataMesh.worker` of the configuration. */
export interface WorkerConfig {
  /** How often to look for work that nobody announced, and for expiry. */
  pollSeconds: number;
  /** After how long without a sign of life another replica takes over. */
  leaseSeconds: number;
  /** How many steps to work on at the same time, for each replica. */
  concurrency: number;
  /** After how many attempts a step that might succeed counts as failed. */
  maxAttempts: number;
  backoff: Backoff;
}

/** What holds where the configuration says nothing. */
export const defaultWorkerConfig: WorkerConfig = {
  pollSeconds: 5,
  leaseSeconds: 60,
  concurrency: 10,
  maxAttempts: 10,
  backoff: { initialMs: 1_000, maxMs: 300_000 },
};

/**
 * Reads `dataMesh.worker`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readWorkerConfig(config: Config): WorkerConfig {
  const read = (key: string, fallback: number, whole: boolean): number => {
    const path = `dataMesh.worker.${key}`;
    const value = config.getOptionalNumber(path) ?? fallback;
    if (value <= 0 || (whole && !Number.isInteger(value))) {
      throw new InputError(
        `${path} is ${value}, expected a ${
          whole ? 'whole number' : 'number'
        } above 0`,
      );
    }
    return value;
  };
  const defaults = defaultWorkerConfig;
  return {
    pollSeconds: read('pollSeconds', defaults.pollSeconds, false),
    leaseSeconds: read('leaseSeconds', defaults.leaseSeconds, false),
    concurrency: read('concurrency', defaults.concurrency, true),
    maxAttempts: read('maxAttempts', defaults.maxAttempts, true),
    backoff: {
      initialMs: read('backoff.initialMs', defaults.backoff.initialMs, false),
      maxMs: read('backoff.maxMs', defaults.backoff.maxMs, false),
    },
  };
}
