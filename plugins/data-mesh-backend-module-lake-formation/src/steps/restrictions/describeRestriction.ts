import {
  sentence,
  type PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Access } from '../../lake/access';
import { NO_COLUMNS } from '../../lake/columns';
import { lockKey, resourceKey } from '../../lake/keys';
import { IAM_ALLOWED_PRINCIPALS } from '../../lake/principals';
import { LakeResource } from '../../lake/resource';
import { resourcesInWords } from '../../lake/words';
import { GrantCall, grantCall } from '../grants/GrantCall';
import { resourceName, stepId } from '../stepId';

/** The kind of steps that revoke from IAM_ALLOWED_PRINCIPALS. */
export const RESTRICT_ACCESS = 'restrictAccess';

/** What gives access to all that IAM allows. */
const ALL: Access = { permissions: ['ALL'], select: NO_COLUMNS };

/** Revoking what IAM_ALLOWED_PRINCIPALS holds as a step of a plan. */
export function describeRestriction(
  where: Pick<GrantCall, 'accountId' | 'region'>,
  resources: LakeResource[],
  options: { done: boolean },
): PlanStep {
  const wants = resources.map(resource => ({ resource, access: ALL }));
  const { accountId, region } = where;
  const grant: GrantCall = {
    accountId,
    region,
    catalogAccountId: accountId,
    principalId: IAM_ALLOWED_PRINCIPALS,
    wants,
  };
  const call = grantCall(grant, 'Revoke');
  const words = { resources: resourcesInWords(resources) };
  return {
    id: stepId(RESTRICT_ACCESS, { accountId, region, call }),
    kind: RESTRICT_ACCESS,
    words: sentence('plan.restriction.apply', words),
    accountId,
    region,
    call,
    undo: {
      words: sentence('plan.restriction.undo', words),
      call: grantCall(grant, 'Grant'),
    },
    needs: [],
    shares: wants.map(({ resource }) =>
      resourceName(
        region,
        `${resourceKey(resource)}:${IAM_ALLOWED_PRINCIPALS}`,
      ),
    ),
    locks: [
      ...new Set(
        wants.map(({ resource }) => resourceName(region, lockKey(resource))),
      ),
    ],
    ...(options.done && { done: true }),
  };
}
