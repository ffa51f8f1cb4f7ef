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
  /** `lakeformation`, `glue` or `sts`. */
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
  /** `lakeformation`, `glue` or `sts`. */
  service?: string;
  /** Such as `GrantPermissions`. */
  operation?: string;
  /** The caller's account. */
  account?: string;
  /** Calls at or after this time, ISO 8601, or after the call with this id. */
  since?: string | number;
}

/**
 * The log of calls.
 *
 * @public
 */
export interface EmulatorCalls {
  /** The calls that match, oldest first. */
  list(filter?: EmulatorCallFilter): EmulatorCall[];
  /** Forgets all calls. */
  clear(): void;
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

  list(filter: EmulatorCallFilter = {}): EmulatorCall[] {
    const { service, operation, account, since } = filter;
    return this.#calls.filter(
      call =>
        (service === undefined || call.service === service) &&
        (operation === undefined || call.operation === operation) &&
        (account === undefined || call.account === account) &&
        (since === undefined ||
          (typeof since === 'number'
            ? call.id > since
            : Date.parse(call.time) >= Date.parse(since))),
    );
  }

  clear(): void {
    this.#calls = [];
  }
}
