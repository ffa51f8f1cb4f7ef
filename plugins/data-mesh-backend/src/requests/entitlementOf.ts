import type {
  Decision,
  Plan,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { NewEntitlement } from '../entitlements/EntitlementIntake';
import type { RequestRecord } from './RequestRecord';

/** What an approved request hands over to provisioning. */
export function entitlementOf(
  record: RequestRecord,
  plan: Plan,
  approvedBy: string[],
): NewEntitlement {
  return {
    requestId: record.id,
    requesterRef: record.requesterRef,
    principal: record.principal,
    consumerRef: record.consumerRef,
    productRef: record.productRef,
    productTitle: record.productTitle,
    productOwnerRef: record.productOwnerRef,
    domainRef: record.domainRef,
    port: record.portSnapshot,
    scope: record.scope,
    purpose: record.purpose,
    durationDays: record.durationDays,
    approvedBy,
    plan,
    identities: record.identities,
  };
}

/**
 * Who approved a request as it stands: approvals from before changes were
 * requested were of another request.
 */
export function approversOf(decisions: readonly Decision[]): string[] {
  const sentBack = decisions
    .map(one => one.decision)
    .lastIndexOf('request-changes');
  return [
    ...new Set(
      decisions
        .slice(sentBack + 1)
        .filter(one => one.decision === 'approve')
        .map(one => one.actorRef),
    ),
  ];
}
