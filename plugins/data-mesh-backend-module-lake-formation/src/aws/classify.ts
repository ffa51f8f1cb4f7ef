import { isError } from '@backstage/errors';
import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';
import { BatchError } from './BatchError';
import { CredentialsError } from './CredentialsError';
import { NotAdministratorError } from './NotAdministratorError';
import { NotOursError } from './NotOursError';
import { ShareNotReadyError } from './ShareNotReadyError';
import { adviceFor } from './advice';

/**
 * What AWS says of rights and shares that exist and are not known everywhere
 * yet.
 */
const mayBeOnItsWay = (failure: Failure) =>
  isMissingRight(failure) ||
  failure.code === 'UnknownResourceException' ||
  failure.code === 'ResourceShareInvitationArnNotFoundException';

/** An error as far as it can be told apart. */
interface Failure {
  code: string;
  message: string;
  status?: number;
}

type Classified = Omit<StepError, 'at'>;
type Kind = StepError['kind'];

const THROTTLED_CODES = new Set([
  'ThrottledException',
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'TooManyRequests',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
]);

const TRANSIENT_CODES = new Set([
  'InternalServiceException',
  'InternalFailure',
  'InternalServerError',
  'OperationTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'RequestTimeout',
  'RequestTimeoutException',
  // Two writers on one principal or table, "Please retry in a short while".
  'ConcurrentModificationException',
  // RAM's words for two writers, and for what fails on its side.
  'IdempotentParameterMismatchException',
  'ServerInternalException',
  // Of the SDK.
  'TimeoutError',
  'AbortError',
]);

/** Node's names for a connection that did not hold. */
const NETWORK_CODES = [
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
];

/**
 * How long "is not authorized" may mean that a new right has not reached every
 * server of AWS yet.
 */
const PROPAGATION_MS = 2 * 60_000;

/**
 * Tells what may succeed later from what a person has to mend. Remembers since
 * when a right is missing, since only time tells whether it is on its way.
 */
export class ErrorClassifier {
  readonly #now: () => number;
  readonly #deniedSince = new Map<string, { first: number; last: number }>();

  constructor(now: () => number) {
    this.#now = now;
  }

  classify(error: unknown): Classified {
    if (error instanceof BatchError) return this.#ofBatch(error);
    if (error instanceof CredentialsError) {
      return {
        code: error.name,
        message: error.message,
        kind: 'permanent',
        advice: `Name credentials for account ${error.accountId} under aws.accounts in the configuration`,
      };
    }
    if (
      error instanceof NotOursError ||
      error instanceof NotAdministratorError
    ) {
      const { name: code, message, advice } = error;
      return { code, message, kind: 'permanent', advice };
    }
    if (error instanceof ShareNotReadyError) {
      const { name: code, message, advice } = error;
      return { code, message, kind: 'transient', advice };
    }
    return this.#of(readFailure(error));
  }

  #of(failure: Failure): Classified {
    const { code, message } = failure;
    const kind = this.#kindOf(failure);
    const advice = adviceFor(code, message);
    // Where time alone is the cure there is nothing to do for a person.
    const isActionable = kind === 'permanent' || mayBeOnItsWay(failure);
    return { code, message, kind, ...(advice && isActionable && { advice }) };
  }

  /** One failure that a person has to mend decides for all. */
  #ofBatch(error: BatchError): Classified {
    const all = error.failures.map(failure => this.#of(failure));
    const order: Kind[] = ['permanent', 'throttled', 'transient'];
    const [worst] = all.sort(
      (a, b) => order.indexOf(a.kind) - order.indexOf(b.kind),
    );
    return { ...worst, message: error.message };
  }

  #kindOf(failure: Failure): Kind {
    const passing = passingKind(failure);
    if (passing) return passing;
    return mayBeOnItsWay(failure) && this.#mayStillArrive(failure)
      ? 'transient'
      : 'permanent';
  }

  #mayStillArrive({ message }: Failure): boolean {
    const now = this.#now();
    for (const [text, { last }] of this.#deniedSince) {
      if (now - last > 5 * PROPAGATION_MS) this.#deniedSince.delete(text);
    }
    const first = this.#deniedSince.get(message)?.first ?? now;
    this.#deniedSince.set(message, { first, last: now });
    return now - first < PROPAGATION_MS;
  }
}

/**
 * Whether AWS refuses what was asked, rather than being unable to do it now: it
 * answers the same again, and what else was asked in the same call may be fine.
 */
export const isRefusal = (error: unknown): boolean =>
  passingKind(readFailure(error)) === undefined;

/** Whether AWS refuses because of its quotas: it would have done it later. */
export const isThrottling = (error: unknown): boolean =>
  passingKind(readFailure(error)) === 'throttled';

/** @returns undefined where time alone does not mend it */
function passingKind({
  code,
  message,
  status = 0,
}: Failure): 'throttled' | 'transient' | undefined {
  if (
    THROTTLED_CODES.has(code) ||
    status === 429 ||
    // Throttling in the clothes of bad input, as Glue's shows through.
    /^Rate exceeded|Error Code: Throttling/.test(message)
  ) {
    return 'throttled';
  }
  return TRANSIENT_CODES.has(code) ||
    NETWORK_CODES.includes(code) ||
    status >= 500 ||
    /retry in a short while|failed for Resource/i.test(message)
    ? 'transient'
    : undefined;
}

/**
 * IAM's words for a missing right, not Lake Formation's "requester is not
 * authorized to access requested permissions", which no waiting mends.
 */
function isMissingRight({ code, message }: Failure): boolean {
  return (
    code.startsWith('AccessDenied') &&
    /is not authorized to perform/i.test(message)
  );
}

function readFailure(error: unknown): Failure {
  if (!isError(error)) {
    return { code: 'UnknownError', message: String(error) };
  }
  const { code, $metadata, $response, cause } = error as {
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
    $response?: { statusCode?: number };
    cause?: unknown;
  };
  const status = $metadata?.httpStatusCode ?? $response?.statusCode;
  // Node names its errors in `code` and calls all of them Error.
  const own = typeof code === 'string' ? code : undefined;
  const name = error.name === 'Error' ? own : error.name;
  if (!name && isError(cause)) {
    return { ...readFailure(cause), message: error.message };
  }
  return {
    code: name ?? networkCodeIn(error.message) ?? 'UnknownError',
    message: error.message || `AWS answered ${name ?? 'an error'} without text`,
    ...(status !== undefined && { status }),
  };
}

/** The SDK wraps errors that are none to it, and keeps only their text. */
function networkCodeIn(message: string): string | undefined {
  return message.includes('socket hang up')
    ? 'ECONNRESET'
    : NETWORK_CODES.find(code => message.includes(code));
}
