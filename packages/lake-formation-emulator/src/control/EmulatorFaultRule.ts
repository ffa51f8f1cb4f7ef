/**
 * What goes wrong:
 *
 * - `throttle`: ThrottledException (Lake Formation) or ThrottlingException
 * - `error`: the error given
 * - `internal`: the service's internal error, status 500
 * - `timeout`: no answer for `holdMs`, or until the client gives up; then the
 *   connection is closed
 * - `reset`: the connection is reset
 * - `hold`: the call waits until the test releases it, then goes on
 * - `delay`: the call takes `delayMs` longer
 *
 * @public
 */
export type EmulatorFaultKind =
  | 'throttle'
  | 'error'
  | 'internal'
  | 'timeout'
  | 'reset'
  | 'hold'
  | 'delay';

/**
 * A fault, and which calls it hits. All given conditions must match.
 *
 * @public
 */
export interface EmulatorFaultRule {
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`. */
  service?: string;
  /** Such as `BatchGrantPermissions`. */
  operation?: string;
  /** The caller's account. */
  account?: string;
  /**
   * A resource the input names: a database (`sales`), a table (`orders` or
   * `sales.orders`), or an ARN.
   */
  resource?: string;
  /** What goes wrong. */
  kind: EmulatorFaultKind;
  /** For `error`. */
  error?: { code: string; message: string; status?: number };
  /**
   * Before the operation takes effect (the default), or after: then it is done
   * and the client does not learn so.
   */
  when?: 'before' | 'after';
  /** How many calls it hits: 1 where left out. */
  times?: number | 'always';
  /** For `timeout`: after this long the connection is closed. */
  holdMs?: number;
  /** Waits this long before the fault shows. */
  delayMs?: number;
  /**
   * `entry` hits single entries of a batch instead of the call: they come back
   * in `Failures`. For `throttle`, `error` and `internal` only.
   */
  scope?: 'call' | 'entry';
}

/**
 * A fault that was added.
 *
 * @public
 */
export interface EmulatorFault {
  /** Names the fault in the log of calls and under `/_emulator/faults`. */
  readonly id: string;
  /** The rule as it was added. */
  readonly rule: EmulatorFaultRule;
  /** How many calls it has hit. */
  readonly hits: number;
  /** How many calls it holds now. */
  readonly held: number;
  /** Resolves once it has hit that many calls (1 where left out). */
  reached(hits?: number): Promise<void>;
  /** Lets the calls it holds go on, and later ones pass. */
  release(): void;
  /** Takes the fault away, and lets the calls it holds go on. */
  remove(): void;
}

/**
 * The faults of an emulator.
 *
 * @public
 */
export interface EmulatorFaults {
  /** Adds a fault. Throws a TypeError where the rule is wrong. */
  add(rule: EmulatorFaultRule): EmulatorFault;
  /** The faults that were added and not removed. */
  list(): EmulatorFault[];
  /** The fault with this id. */
  get(id: string): EmulatorFault | undefined;
  /** Removes all faults and lets the calls they hold go on. */
  clear(): void;
}
