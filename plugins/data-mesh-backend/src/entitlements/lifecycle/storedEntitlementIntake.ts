import type { Knex } from 'knex';
import type { LifecycleDeps } from './LifecycleDeps';
import { insertSteps, linkSteps, newStepRow } from '../../store/steps/steps';
import { SYSTEM_ACTOR } from '../../identity/Caller';
import { checkPlan } from './checkPlan';
import type {
  EntitlementAmendment,
  EntitlementIntake,
  EntitlementRenewal,
  EntitlementResumption,
  NewEntitlement,
  SuspendedEnding,
} from './EntitlementIntake';
import { isSuspended } from '../../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../../store/tables';
import { beginEnding } from './ending';
import { lockEntitlement } from './lockEntitlement';
import { renewEntitlement } from './renewEntitlement';
import { beginChange, beginResumption } from './changing';

/** Writes new entitlements with their steps, and wakes the worker. */
export function storedEntitlementIntake(
  deps: LifecycleDeps,
  wake: (changedId?: string) => void,
): EntitlementIntake {
  return {
    create: (tx, wanted) => createEntitlement(deps, tx, wanted),
    async renew(
      tx: Knex.Transaction,
      { entitlementId, ...renewal }: EntitlementRenewal,
    ): Promise<void> {
      const row = await lockEntitlement(tx, entitlementId);
      await renewEntitlement(deps, tx, row, {
        ...renewal,
        actorRef: SYSTEM_ACTOR,
      });
    },

    async amend(
      tx: Knex.Transaction,
      { entitlementId, ...amendment }: EntitlementAmendment,
    ): Promise<void> {
      const row = await lockEntitlement(tx, entitlementId);
      await beginChange(deps, tx, row, {
        ...amendment,
        kind: 'amend',
        actorRef: SYSTEM_ACTOR,
      });
    },

    async resume(
      tx: Knex.Transaction,
      { entitlementId, ...resumption }: EntitlementResumption,
    ): Promise<void> {
      const row = await lockEntitlement(tx, entitlementId);
      await beginResumption(deps, tx, row, {
        ...resumption,
        actorRef: SYSTEM_ACTOR,
      });
    },

    async endSuspended(
      tx: Knex.Transaction,
      { entitlementId, productRef, ...ending }: SuspendedEnding,
    ): Promise<void> {
      const row = await lockEntitlement(tx, entitlementId);
      // Moved to another product, it is asked there.
      if (!isSuspended(row) || row.product_ref !== productRef) return;
      await beginEnding(deps, tx, row, ending);
    },

    wake,
  };
}

async function createEntitlement(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  wanted: NewEntitlement,
): Promise<string> {
  checkPlan(wanted.plan);
  const id = deps.newId();
  const now = deps.clock().toISOString();
  const row: Omit<EntitlementRow, 'served'> = {
    id,
    request_id: wanted.requestId,
    state: 'provisioning',
    failed_from: null,
    version: 1,
    health: 'unknown',
    health_reason: null,
    requester_ref: wanted.requesterRef,
    principal: wanted.principal.id,
    principal_kind: wanted.principal.kind,
    principal_name: wanted.principal.name,
    principal_account_id: wanted.principal.accountId ?? null,
    principal_account_alias: wanted.principal.accountAlias ?? null,
    consumer_ref: wanted.consumerRef ?? null,
    product_ref: wanted.productRef,
    product_title: wanted.productTitle,
    product_owner_ref: wanted.productOwnerRef,
    domain_ref: wanted.domainRef ?? null,
    port: wanted.port.name,
    port_type: wanted.port.type,
    port_snapshot: JSON.stringify(wanted.port),
    scope: JSON.stringify(wanted.scope),
    level: wanted.scope.level,
    purpose: wanted.purpose,
    duration_days: wanted.durationDays,
    approved_by: JSON.stringify(wanted.approvedBy),
    identities: JSON.stringify(wanted.identities),
    created_at: now,
    updated_at: now,
    activated_at: null,
    expires_at: null,
    ended_at: null,
    end_reason: null,
    ended_by: null,
    end_kind: null,
    error: null,
    change_state: null,
    change: null,
    residue: null,
    readiness: null,
    readiness_due_at: null,
    protected_reach: null,
    suspension: null,
  };
  await tx('entitlements').insert({
    ...row,
    // It joins at the end of the round, behind those that wait already.
    served: tx('entitlements').select(tx.raw('coalesce(max(served), 0)')),
  });
  await insertPlannedSteps(deps, tx, id, wanted);
  await deps.audit.append(tx, {
    actorRef: SYSTEM_ACTOR,
    action: 'entitlement.provisioning',
    subject: `entitlement:${id}`,
    after: {
      state: 'provisioning',
      version: 1,
      requestId: wanted.requestId,
      principal: wanted.principal.id,
      product: wanted.productRef,
      port: wanted.port.name,
      scope: JSON.parse(row.scope),
      durationDays: wanted.durationDays,
      approvedBy: wanted.approvedBy,
      steps: wanted.plan.steps.length,
    },
    correlationId: wanted.requestId,
  });
  return id;
}

async function insertPlannedSteps(
  deps: LifecycleDeps,
  tx: Knex.Transaction,
  entitlementId: string,
  { plan }: NewEntitlement,
): Promise<void> {
  const rowIds = new Map(plan.steps.map(step => [step.id, deps.newId()]));
  await insertSteps(
    tx,
    plan.steps.map((step, position) =>
      newStepRow({
        id: rowIds.get(step.id) ?? deps.newId(),
        entitlementId,
        position,
        step,
      }),
    ),
  );
  await linkSteps(tx, plan.steps, rowIds);
}
