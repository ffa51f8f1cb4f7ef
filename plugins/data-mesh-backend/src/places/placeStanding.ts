import type { Governance } from '../people';
import {
  placeClaimPermission,
  placeDecidePermission,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Caller } from '../identity/Caller';
import { hasPermission } from '../permissions';
import type { PlaceBook } from './PlaceBook';

/** How a caller stands to places. Facts, no services. */
export interface PlaceStanding {
  userRef: string;
  ownershipRefs: readonly string[];
  isGovernance: boolean;
  /** Governs, or audits. */
  seesAll: boolean;
  permitted: { claim: boolean; decide: boolean };
}

/** Asks the permission policy and who governs. */
export async function placeStandingOf(
  caller: Caller,
  deps: { permissions: PermissionsService; governance: Governance },
): Promise<PlaceStanding> {
  const [claim, decide] = await Promise.all([
    hasPermission(deps.permissions, placeClaimPermission, caller),
    hasPermission(deps.permissions, placeDecidePermission, caller),
  ]);
  return {
    userRef: caller.userRef,
    ownershipRefs: caller.ownershipRefs,
    isGovernance: deps.governance.isGovernance(caller),
    seesAll: deps.governance.seesAll(caller),
    permitted: { claim, decide },
  };
}

/** Whether the caller stands behind the present owner of a domain. */
export function isOwnerOf(
  book: PlaceBook,
  domainRef: string,
  { ownershipRefs }: Pick<PlaceStanding, 'ownershipRefs'>,
): boolean {
  const { ownerRef } = book.domainOf(domainRef);
  return ownerRef !== undefined && ownershipRefs.includes(ownerRef);
}

/** Whether the caller may decide about places at all. */
export function decidesOnPlaces({
  isGovernance,
  permitted,
}: PlaceStanding): boolean {
  return isGovernance && permitted.decide;
}
