/** How long what comes is gathered before it goes out together. */
export interface GatheringWindow {
  /** Told of each that comes. */
  arrived(): void;
  /** Calls back once, when the window closes. */
  whenClosed(send: () => void): void;
}

/** Makes the window of one kind of calls. */
export type OpenWindow = () => GatheringWindow;

/**
 * Closes when nobody has come for a while: short enough for who comes alone,
 * long enough for those who come one after another out of the same queue.
 */
export class QuietWindow implements GatheringWindow {
  readonly #quietMs: number;
  readonly #longestMs: number;
  readonly #now: () => number;
  #waiting: Array<() => void> = [];
  #openSince: number | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: {
    quietMs: number;
    longestMs: number;
    now: () => number;
  }) {
    this.#quietMs = options.quietMs;
    this.#longestMs = options.longestMs;
    this.#now = options.now;
  }

  arrived(): void {
    const now = this.#now();
    this.#openSince ??= now;
    const left = Math.max(0, this.#openSince + this.#longestMs - now);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => this.#close(),
      Math.min(this.#quietMs, left),
    );
  }

  whenClosed(send: () => void): void {
    this.#waiting.push(send);
  }

  #close(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#openSince = undefined;
    waiting.forEach(send => send());
  }
}

/** Gathers only what comes in one turn of the event loop. */
export class TurnWindow implements GatheringWindow {
  arrived(): void {}

  whenClosed(send: () => void): void {
    setImmediate(send);
  }
}
