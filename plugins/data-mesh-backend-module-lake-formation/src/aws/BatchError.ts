/** An entry of a batch that AWS did not carry out. */
export interface FailedEntry {
  /** What it is about, like `sales.orders`. */
  subject: string;
  code: string;
  message: string;
}

const TOLD_ONE_BY_ONE = 3;

/** Some entries of a step failed; the others are done. */
export class BatchError extends Error {
  constructor(readonly failures: FailedEntry[], total: number) {
    const told = failures
      .slice(0, TOLD_ONE_BY_ONE)
      .map(({ subject, code, message }) => `${subject}: ${code}: ${message}`);
    const more = failures.length - told.length;
    const which =
      total === 1 ? '' : `${failures.length} of ${total} entries failed: `;
    super(`${which}${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`);
    this.name = 'BatchError';
  }
}
