import { InputError } from '@backstage/errors';
import type { Problem } from '@lakemesh/backstage-plugin-data-mesh-common';

/**
 * All that is wrong with an input, at once. The problems go into the answer:
 * Backstage's error middleware keeps enumerable properties.
 */
export class ProblemsError extends InputError {
  readonly problems: Problem[];

  constructor(problems: Problem[]) {
    super(problems.map(p => `${p.field}: ${p.reason}`).join('; '));
    this.name = 'InputError';
    this.problems = problems;
  }
}
