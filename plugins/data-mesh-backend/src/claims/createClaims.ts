import { randomUUID } from 'node:crypto';
import { SubmissionStore } from '../store/requests/SubmissionStore';
import type { ClaimDeps } from './ClaimDeps';
import { ClaimNotices } from './ClaimNotices';
import { ClaimStore } from './ClaimStore';

/** Puts together what claims work with. */
export function createClaims(
  options: Omit<ClaimDeps, 'newId' | 'store' | 'submissions' | 'notices'> &
    ConstructorParameters<typeof ClaimNotices>[0],
): ClaimDeps {
  return {
    ...options,
    newId: randomUUID,
    store: new ClaimStore(options.knex),
    submissions: new SubmissionStore(options.knex),
    notices: new ClaimNotices(options),
  };
}
