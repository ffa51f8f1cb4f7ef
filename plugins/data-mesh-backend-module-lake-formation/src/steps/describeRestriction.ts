import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { GrantWant } from '../model/GrantWant';
import { lockKey, placeKey } from '../model/Place';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { accessInWords } from '../planning/accessWords';
import { GrantCall, grantCall } from './GrantCall';
import { resourceName, stepId } from './stepId';

/** The kind of steps that revoke from IAM_ALLOWED_PRINCIPALS. */
export const RESTRICT_ACCESS = 'restrictAccess';

/** Revoking what IAM_ALLOWED_PRINCIPALS holds as a step of a plan. */
export function describeRestriction(
  where: Pick<GrantCall, 'accountId' | 'region'>,
  wants: GrantWant[],
): PlanStep {
  const { accountId, region } = where;
  const grant: GrantCall = {
    ...where,
    catalogAccountId: accountId,
    principalId: IAM_ALLOWED_PRINCIPALS,
    wants,
  };
  const call = grantCall(grant, 'Revoke');
  const access = accessInWords(wants);
  return {
    id: stepId(RESTRICT_ACCESS, { accountId, region, call }),
    kind: RESTRICT_ACCESS,
    words: `Revoke ${access} from IAM_ALLOWED_PRINCIPALS: Lake Formation restricts access there from then on, for everybody`,
    accountId,
    region,
    call,
    undo: {
      words: `Grant ${access} to IAM_ALLOWED_PRINCIPALS again`,
      call: grantCall(grant, 'Grant'),
    },
    needs: [],
    shares: wants.map(({ place }) =>
      resourceName(region, `${placeKey(place)}:${IAM_ALLOWED_PRINCIPALS}`),
    ),
    locks: [
      ...new Set(
        wants.map(({ place }) => resourceName(region, lockKey(place))),
      ),
    ],
  };
}
