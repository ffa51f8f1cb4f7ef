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

const KINDS: readonly string[] = [
  'throttle',
  'error',
  'internal',
  'timeout',
  'reset',
  'hold',
  'delay',
];

const FIELDS = [
  'service',
  'operation',
  'account',
  'resource',
  'kind',
  'error',
  'when',
  'times',
  'holdMs',
  'delayMs',
  'scope',
];

const isCount = (value: unknown) =>
  typeof value === 'number' && Number.isInteger(value) && value > 0;

const isDuration = (value: unknown) =>
  value === undefined ||
  (typeof value === 'number' && Number.isFinite(value) && value >= 0);

/**
 * Checks a rule, above all one that came over HTTP.
 *
 * @throws TypeError that names the field, what was found and what was expected
 */
export function readFaultRule(data: unknown): EmulatorFaultRule {
  if (typeof data !== 'object' || data === null) {
    throw new TypeError(`A fault rule must be an object, found ${data}`);
  }
  const rule = data as Record<string, unknown>;
  const refuse = (field: string, expected: string) => {
    throw new TypeError(
      `The fault rule's ${field} must be ${expected}, found ${
        JSON.stringify(rule[field]) ?? 'nothing'
      }`,
    );
  };
  for (const field of Object.keys(rule)) {
    if (!FIELDS.includes(field)) refuse(field, `one of ${FIELDS.join(', ')}`);
  }
  for (const field of ['service', 'operation', 'account', 'resource']) {
    const value = rule[field];
    if (value !== undefined && typeof value !== 'string') {
      refuse(field, 'a text');
    }
  }
  if (!KINDS.includes(String(rule.kind))) {
    refuse('kind', `one of ${KINDS.join(', ')}`);
  }
  const error = rule.error as Record<string, unknown> | undefined;
  const errorIsWhole =
    typeof error?.code === 'string' && typeof error.message === 'string';
  if (rule.kind === 'error' && !errorIsWhole) {
    refuse('error', '{ code, message, status? }');
  }
  if (![undefined, 'before', 'after'].includes(rule.when as string)) {
    refuse('when', 'before or after');
  }
  if (
    rule.times !== undefined &&
    rule.times !== 'always' &&
    !isCount(rule.times)
  ) {
    refuse('times', 'a positive number or always');
  }
  if (!isDuration(rule.holdMs)) refuse('holdMs', 'a number of milliseconds');
  if (!isDuration(rule.delayMs)) refuse('delayMs', 'a number of milliseconds');
  if (rule.kind === 'delay' && rule.delayMs === undefined) {
    refuse('delayMs', 'a number of milliseconds for a delay');
  }
  if (![undefined, 'call', 'entry'].includes(rule.scope as string)) {
    refuse('scope', 'call or entry');
  }
  if (
    rule.scope === 'entry' &&
    !['throttle', 'error', 'internal'].includes(String(rule.kind))
  ) {
    refuse('kind', 'throttle, error or internal for an entry of a batch');
  }
  return { ...rule } as unknown as EmulatorFaultRule;
}
