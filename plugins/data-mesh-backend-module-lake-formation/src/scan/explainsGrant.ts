import type { ObservedGrant } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { LiveStep } from '@lakemesh/backstage-plugin-data-mesh-node';
import {
  intersectAccess,
  isNoAccess,
  subtractAccess,
} from '../model/TableAccess';
import { readGrantCall } from '../steps/GrantCall';
import { readAccess } from '../steps/HeldAccess';
import { GRANT_PERMISSIONS } from '../steps/describeGrant';
import { broughtOn } from '../steps/remainder';
import { accessOfGrant } from './observedGrants';

/** How much of a listed grant a step in force has put there. Pure. */
export function explainsGrant(
  { step, baseline }: LiveStep,
  grant: ObservedGrant,
): 'full' | 'part' | 'none' {
  if (step.kind !== GRANT_PERMISSIONS) return 'none';
  const { principalId, wants } = readGrantCall(step);
  const { database, table } = grant.resource;
  const want = wants.find(
    one => one.database === database && one.table === table,
  );
  if (!want || principalId !== grant.principal.id) return 'none';
  const brought = broughtOn(want, readAccess(baseline));
  const listed = accessOfGrant(grant);
  if (isNoAccess(intersectAccess(listed, brought))) return 'none';
  // We never give the grant option: where it is held, somebody else gave it.
  return isNoAccess(subtractAccess(listed, brought)) &&
    grant.grantable.length === 0
    ? 'full'
    : 'part';
}
