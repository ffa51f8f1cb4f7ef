/** Timers, injected so that tests need not sleep. */
export interface Timers {
  /** @returns what stops it */
  every(ms: number, act: () => void): () => void;
  /** @returns what calls it off */
  after(ms: number, act: () => void): () => void;
}

/** Timers of the process. They do not keep it alive. */
export const systemTimers: Timers = {
  every(ms, act) {
    const timer = setInterval(act, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
