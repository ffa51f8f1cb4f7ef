/** Waits for the time to pass. */
export type Sleep = (ms: number) => Promise<void>;

/**
 * Paces calls: `perSecond` of them in the long run, up to `burst` at once.
 * Whoever comes first goes first.
 */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #sleep: Sleep;
  #tokens: number;
  #filledAt: number;

  constructor(options: {
    perSecond: number;
    burst: number;
    now: () => number;
    sleep: Sleep;
  }) {
    this.#perSecond = options.perSecond;
    this.#burst = options.burst;
    this.#now = options.now;
    this.#sleep = options.sleep;
    this.#tokens = options.burst;
    this.#filledAt = options.now();
  }

  /** Resolves when the next call may be made. */
  async take(): Promise<void> {
    const now = this.#now();
    const gained = ((now - this.#filledAt) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAt = now;
    // Below zero stands the debt of those who wait: each waits for its own
    // token, and later ones wait longer.
    this.#tokens -= 1;
    if (this.#tokens >= 0) return;
    await this.#sleep((-this.#tokens / this.#perSecond) * 1000);
  }
}
