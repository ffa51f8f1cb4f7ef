import type {
  Because,
  Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { GrantReason } from './explainObserved';

/**
 * A reason as the API tells it, with what the entitlement behind it says of
 * itself now. Pure.
 */
export function toBecause(
  { because: kind, words, excess }: Omit<GrantReason, 'productRefs'>,
  entitlement: Entitlement | undefined,
): Because {
  const reason: Because = {
    kind,
    words,
    ...(excess.length > 0 && { more: excess }),
  };
  if (!entitlement) return reason;
  const ids = {
    ...reason,
    entitlementId: entitlement.id,
    requestId: entitlement.requestId,
  };
  // What was there before, or is left over, was not decided by it.
  if (kind !== 'entitlement' && kind !== 'approved-and-more') return ids;
  return {
    ...ids,
    requesterRef: entitlement.requesterRef,
    approvedBy: entitlement.approvedBy,
    since: entitlement.activatedAt ?? entitlement.createdAt,
    expiresAt: entitlement.expiresAt,
  };
}
