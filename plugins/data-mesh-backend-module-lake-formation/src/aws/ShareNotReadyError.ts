/** A share of RAM that has not arrived in the other account yet. */
export class ShareNotReadyError extends Error {
  constructor(what: string, readonly advice: string) {
    super(what);
    this.name = 'ShareNotReadyError';
  }
}
