import { ConflictError } from '@backstage/errors';
import type { RequestDifference } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * A request is not what it was when it was shown. The differences go into the
 * answer: Backstage's error middleware keeps enumerable properties.
 */
export class JudgedAgainError extends ConflictError {
  readonly differences: RequestDifference[];

  constructor(message: string, differences: RequestDifference[]) {
    super(message);
    this.name = 'ConflictError';
    this.differences = differences;
  }
}
