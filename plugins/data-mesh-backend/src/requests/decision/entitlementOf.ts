import { ConflictError } from '@backstage/errors';
import type { Plan } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type {
  EntitlementIntake,
  NewEntitlement,
} from '../../entitlements/lifecycle/EntitlementIntake';
import type { RequestRecord } from '../../store/requests/RequestRecord';

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
 * Makes what an approved request asks for: a new entitlement, or more time or
 * another scope for the one that it is about, or that it goes on.
 *
 * @returns the id of the entitlement
 * @throws ConflictError where the one that it is about is no longer in force
 */
async function make(
  intake: EntitlementIntake,
  tx: Knex.Transaction,
  record: RequestRecord,
  approvedBy: string[],
): Promise<string> {
  const { amendsEntitlementId: entitlementId, id: requestId } = record;
  if (record.kind === 'renew' && entitlementId) {
    const { durationDays } = record;
    await intake.renew(tx, {
      entitlementId,
      requestId,
      durationDays,
      approvedBy,
    });
    return entitlementId;
  }
  if (!record.plan) {
    throw new ConflictError(
      'The request has no plan; what would be done must be known before it is approved',
    );
  }
  if (record.kind === 'amend' && entitlementId) {
    await intake.amend(tx, {
      entitlementId,
      requestId,
      port: record.portSnapshot,
      scope: record.scope,
      purpose: record.purpose,
      approvedBy,
      plan: record.plan,
      identities: record.identities,
    });
    return entitlementId;
  }
  if (record.kind === 'resume' && entitlementId) {
    await intake.resume(tx, {
      entitlementId,
      requestId,
      port: record.portSnapshot,
      approvedBy,
      plan: record.plan,
      identities: record.identities,
    });
    return entitlementId;
  }
  return intake.create(tx, entitlementOf(record, record.plan, approvedBy));
}

/**
 * Hands an approved request over, and keeps what it reaches: what is protected
 * and reached later is new.
 *
 * @returns the id of the entitlement
 * @throws ConflictError where the one that it is about is no longer in force
 */
export async function handOver(
  intake: EntitlementIntake,
  tx: Knex.Transaction,
  record: RequestRecord,
  approvedBy: string[],
): Promise<string> {
  const id = await make(intake, tx, record, approvedBy);
  const { protectedReach } = record.judged ?? {};
  if (protectedReach) {
    await tx('entitlements')
      .where({ id })
      .update({ protected_reach: JSON.stringify(protectedReach) });
  }
  return id;
}
