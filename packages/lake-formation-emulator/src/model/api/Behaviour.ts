/**
 * A quota on calls, by a token bucket for each account and operation that it
 * matches. Buckets start full and fill by the emulator's clock.
 *
 * @public
 */
export interface EmulatorLimit {
  /** `lakeformation`, `glue`, `ram`, `sts` or `iam`; all where left out. */
  service?: string;
  /** Such as `GrantPermissions`; each operation by itself where left out. */
  operation?: string;
  /** The caller's account; each account by itself where left out. */
  account?: string;
  /** Calls a second in the long run; 0 lets no more calls through. */
  perSecond: number;
  /** Calls that may come at once. */
  burst: number;
}

/**
 * How the emulator behaves beyond answering.
 *
 * @public
 */
export interface EmulatorBehaviour {
  /**
   * Whether each call is checked against the IAM policies of its caller. Where
   * it is false, IAM allows everything.
   */
  enforceIam: boolean;
  /**
   * How long it takes, by the emulator's clock, until a write shows in reads.
   * Writes themselves always see what was written before.
   */
  consistencyDelayMs: number;
  /**
   * How many milliseconds a write takes, by the clock of the machine. Until it is
   * answered others may overlap with it.
   */
  writeMs: number;
  /**
   * Whether a write is refused with ConcurrentModificationException while
   * another one on the same principal or table is still being answered.
   */
  refuseOverlappingWrites: boolean;
  /** Quotas on calls. A call must pass all that match it. */
  limits: EmulatorLimit[];
}

/** As the emulator behaves where nobody says otherwise. */
export const initialBehaviour = (): EmulatorBehaviour => ({
  enforceIam: false,
  consistencyDelayMs: 0,
  writeMs: 0,
  refuseOverlappingWrites: false,
  limits: [],
});
