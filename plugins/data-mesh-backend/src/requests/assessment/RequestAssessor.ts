import type { RequestDraft } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AssessDeps } from './AssessDeps';
import type { AssessOptions, Assessment } from './Assessment';
import { assessRequest } from './assessRequest';

export * from './Assessment';
export { MOST_PLANNED } from './planEach';

/** Finds out what a draft names, what policy says, and what would be done. */
export interface RequestAssessor {
  assess(draft: RequestDraft, options: AssessOptions): Promise<Assessment>;
}

export function createRequestAssessor(deps: AssessDeps): RequestAssessor {
  return { assess: (draft, options) => assessRequest(deps, draft, options) };
}
