import type { AccessScope } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Assessment } from '../assessment/RequestAssessor';
import { storedReach } from '../reach/storedReach';
import type { StoredJudgement } from '../../store/requests/StoredJudgement';

/** What is stored of a request that was just asked, or asked otherwise. */
export function freshJudgement(
  { reach, product }: Pick<Assessment, 'reach' | 'product'>,
  scope: AccessScope,
  at: string,
  requesterKnown: boolean,
): StoredJudgement {
  return {
    at,
    problems: [],
    ...storedReach(reach, scope, product?.domainRef),
    differences: [],
    approvals: [],
    requesterKnown,
  };
}
