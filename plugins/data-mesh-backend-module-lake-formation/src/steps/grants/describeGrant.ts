import {
  sentence,
  type PlanStep,
  type Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { granteeKey, lockKey, resourceKey } from '../../lake/keys';
import { AccessByResource } from '../../lake/held';
import { isSameAccess } from '../../lake/access';
import { accessInWords } from '../../lake/words';
import { changeEffect, grantChanges } from './permissionChange';
import { GrantCall, grantCall } from './GrantCall';
import { resourceName, stepId } from '../stepId';

/** The kind of steps that grant permissions. */
export const GRANT_PERMISSIONS = 'grantPermissions';

/** A grant as a step of a plan: plain data with its words and its inverse. */
export function describeGrant(
  grant: GrantCall,
  grantee: Sentence,
  options: {
    done?: boolean;
    needs?: string[];
    /** What the grantee holds already, where that is known. */
    held?: AccessByResource;
  } = {},
): PlanStep {
  const { accountId, region, wants } = grant;
  const { done, needs = [], held } = options;
  const call = grantCall(grant);
  const access = accessInWords(wants);
  return {
    id: stepId(GRANT_PERMISSIONS, { accountId, region, call }),
    kind: GRANT_PERMISSIONS,
    words: sentence('plan.grant', { access, grantee }),
    accountId,
    region,
    call,
    undo: {
      words: sentence('plan.revoke', { access, grantee }),
      call: grantCall(grant, 'Revoke'),
    },
    needs,
    // What entitlements of one principal put in one resource is one entry in Lake
    // Formation; and two writers on one table, even for different principals,
    // are answered with ConcurrentModificationException.
    shares: wants.map(({ resource }) =>
      resourceName(region, `${resourceKey(resource)}:${granteeKey(grant)}`),
    ),
    locks: [
      ...new Set(
        wants.map(({ resource }) => resourceName(region, lockKey(resource))),
      ),
    ],
    ...(done && { done }),
    ...(held && !done && stillToGrant(grant, grantee, held)),
  };
}

/** Where a part is held already: what is left to be done, as it will be done. */
function stillToGrant(
  grant: GrantCall,
  grantee: Sentence,
  held: AccessByResource,
): Pick<PlanStep, 'effects'> {
  const changes = grantChanges(grant, held);
  const [only] = changes;
  const isAll =
    only?.changes.length === grant.wants.length &&
    grant.wants.every(({ access }, index) =>
      isSameAccess(access, only.changes[index].access),
    );
  return isAll
    ? {}
    : {
        effects: changes.map(change => {
          const { words: access, call } = changeEffect(grant, change);
          return { words: sentence('plan.grant', { access, grantee }), call };
        }),
      };
}
