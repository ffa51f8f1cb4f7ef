import { resourceNames } from './resourceNames';

/**
 * One request that reached the emulator.
 *
 * @public
 */
export interface EmulatorCall {
  /** Grows with every call. */
  id: number;
  /** When it came in by the emulator's clock, ISO 8601. */
  time: string;
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`. */
  service: string;
  /** Such as `GrantPermissions`, absent where the request named none. */
  operation?: string;
  /** The caller's account, absent where the key was not known. */
  account?: string;
  /** The region of the request's credential scope. */
  region?: string;
  /** As Lake Formation knows the caller: for an assumed role, the role. */
  principal?: string;
  /** The key by which the caller signed. */
  accessKeyId?: string;
  /** The parsed input, absent where it could not be read. */
  input?: unknown;
  /** Absent while the call is held and where the connection was cut. */
  status?: number;
  /** As the client got it, absent where the call succeeded. */
  errorCode?: string;
  /** The text that went with the error. */
  errorMessage?: string;
  /** Whether the operation took effect (a fault after it changes nothing). */
  applied: boolean;
  /** Ids of the faults that hit it. */
  faults: string[];
}

/**
 * Which calls are wanted. All given fields must match.
 *
 * @public
 */
export interface EmulatorCallFilter {
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`. */
  service?: string;
  /** Such as `GrantPermissions`. */
  operation?: string;
  /** The caller's account. */
  account?: string;
  /** The region of the credential scope. */
  region?: string;
  /** The caller, as `EmulatorCall.principal`. */
  principal?: string;
  /** As the client got it, such as `AccessDeniedException`. */
  errorCode?: string;
  /** `ok`, `error`, or `open`: not answered yet, or cut. */
  outcome?: EmulatorCallOutcome;
  /**
   * A resource the input names: a database (`sales`), a table (`orders` or
   * `sales.orders`), or an ARN.
   */
  resource?: string;
  /** Calls at or after this time, ISO 8601, or after the call with this id. */
  since?: string | number;
  /** Only the newest so many. */
  limit?: number;
}

/**
 * How a call ended.
 *
 * @public
 */
export type EmulatorCallOutcome = 'ok' | 'error' | 'open';

/**
 * How often an operation was called.
 *
 * @public
 */
export interface EmulatorCallCount {
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`. */
  service: string;
  /** Absent where the requests named none. */
  operation?: string;
  /** All calls of the operation. */
  calls: number;
  /** Those that were refused or failed. */
  errors: number;
}

/**
 * The log of calls.
 *
 * @public
 */
export interface EmulatorCalls {
  /** The calls that match, oldest first. */
  list(filter?: EmulatorCallFilter): EmulatorCall[];
  /** How many calls match, by operation, in the order of their first calls. */
  counts(filter?: EmulatorCallFilter): EmulatorCallCount[];
  /** Forgets all calls. */
  clear(): void;
}

function outcomeOf({ status }: EmulatorCall): EmulatorCallOutcome {
  if (status === undefined) return 'open';
  return status < 400 ? 'ok' : 'error';
}

const EQUAL_FIELDS = [
  'service',
  'operation',
  'account',
  'region',
  'principal',
  'errorCode',
] as const;

function matches(call: EmulatorCall, filter: EmulatorCallFilter): boolean {
  const { since, outcome, resource } = filter;
  return (
    EQUAL_FIELDS.every(
      field => filter[field] === undefined || filter[field] === call[field],
    ) &&
    (outcome === undefined || outcome === outcomeOf(call)) &&
    (resource === undefined || resourceNames(call.input).has(resource)) &&
    (since === undefined ||
      (typeof since === 'number'
        ? call.id > since
        : Date.parse(call.time) >= Date.parse(since)))
  );
}

/** Keeps the newest calls; old ones go, so that a long run does not grow. */
export class CallLog implements EmulatorCalls {
  readonly #limit: number;
  #calls: EmulatorCall[] = [];
  #lastId = 0;

  constructor(limit = 100_000) {
    this.#limit = limit;
  }

  /** Enters a call as it comes in; the caller fills in the rest. */
  begin(time: Date, service: string): EmulatorCall {
    const call: EmulatorCall = {
      id: ++this.#lastId,
      time: time.toISOString(),
      service,
      applied: false,
      faults: [],
    };
    this.#calls.push(call);
    if (this.#calls.length > this.#limit * 1.1) {
      this.#calls = this.#calls.slice(-this.#limit);
    }
    return call;
  }

  list({ limit, ...filter }: EmulatorCallFilter = {}): EmulatorCall[] {
    const matching = this.#calls.filter(call => matches(call, filter));
    return limit === undefined
      ? matching
      : matching.slice(Math.max(0, matching.length - limit));
  }

  counts(filter?: EmulatorCallFilter): EmulatorCallCount[] {
    const counts = new Map<string, EmulatorCallCount>();
    for (const call of this.list(filter)) {
      const { service, operation } = call;
      const key = `${service} ${operation}`;
      const before = counts.get(key) ?? {
        service,
        operation,
        calls: 0,
        errors: 0,
      };
      counts.set(key, {
        ...before,
        calls: before.calls + 1,
        errors: before.errors + (outcomeOf(call) === 'error' ? 1 : 0),
      });
    }
    return [...counts.values()];
  }

  clear(): void {
    this.#calls = [];
  }
}
