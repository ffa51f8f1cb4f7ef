import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';
import { NO_COLUMNS } from '../model/ColumnSet';
import { Place, lockKey, placeKey } from '../model/Place';
import { IAM_ALLOWED_PRINCIPALS } from '../model/principals';
import { TableAccess } from '../model/TableAccess';
import { placesInWords } from '../planning/accessWords';
import { GrantCall, grantCall } from './GrantCall';
import { resourceName, stepId } from './stepId';

/** The kind of steps that revoke from IAM_ALLOWED_PRINCIPALS. */
export const RESTRICT_ACCESS = 'restrictAccess';

/** What gives access to all that IAM allows. */
const ALL: TableAccess = { permissions: ['ALL'], select: NO_COLUMNS };

/** Revoking what IAM_ALLOWED_PRINCIPALS holds as a step of a plan. */
export function describeRestriction(
  where: Pick<GrantCall, 'accountId' | 'region'>,
  places: Place[],
  options: { done: boolean },
): PlanStep {
  const wants = places.map(place => ({ place, access: ALL }));
  const { accountId, region } = where;
  const grant: GrantCall = {
    accountId,
    region,
    catalogAccountId: accountId,
    principalId: IAM_ALLOWED_PRINCIPALS,
    wants,
  };
  const call = grantCall(grant, 'Revoke');
  const what = placesInWords(places);
  return {
    id: stepId(RESTRICT_ACCESS, { accountId, region, call }),
    kind: RESTRICT_ACCESS,
    words: `Revoke whatever IAM_ALLOWED_PRINCIPALS holds on ${what}: Lake Formation restricts access there from then on, for everybody`,
    accountId,
    region,
    call,
    undo: {
      words: `Grant IAM_ALLOWED_PRINCIPALS again what it held on ${what}`,
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
    ...(options.done && { done: true }),
  };
}
