/** Something of the same name is there, and it is not what we would have made. */
export class NotOursError extends Error {
  constructor(what: string, readonly advice: string) {
    super(what);
    this.name = 'NotOursError';
  }
}
