/** Somebody has given up waiting; named as the SDK names it. */
export class AbortError extends Error {
  constructor(cause?: unknown) {
    super('Given up before it was answered', { cause });
    this.name = 'AbortError';
  }
}
