import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import { lockKeysOf, type StepRow } from '../provisioning/StepRow';
import { SYSTEM_ACTOR } from '../identity/Caller';
import { checkPlan } from './checkPlan';
import type { EntitlementIntake, NewEntitlement } from './EntitlementIntake';
import type { EntitlementRow } from './EntitlementRow';

const ROWS_PER_INSERT = 100;

/** Writes new entitlements with their steps, and wakes the worker. */
export class StoredEntitlementIntake implements EntitlementIntake {
  readonly #audit: AuditLog;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #wake: () => void;

  constructor(options: {
    audit: AuditLog;
    clock: () => Date;
    newId: () => string;
    wake: () => void;
  }) {
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#wake = options.wake;
  }

  async create(tx: Knex.Transaction, wanted: NewEntitlement): Promise<string> {
    checkPlan(wanted.plan);
    const id = this.#newId();
    const now = this.#clock().toISOString();
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
    };
    await tx('entitlements').insert({
      ...row,
      // It joins at the end of the round, behind those that wait already.
      served: tx('entitlements').select(tx.raw('coalesce(max(served), 0)')),
    });
    await this.#insertSteps(tx, id, wanted);
    await this.#audit.append(tx, {
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

  wake(): void {
    this.#wake();
  }

  async #insertSteps(
    tx: Knex.Transaction,
    entitlementId: string,
    { plan }: NewEntitlement,
  ): Promise<void> {
    const rowIds = new Map(plan.steps.map(step => [step.id, this.#newId()]));
    const rowId = (stepId: string) => rowIds.get(stepId) ?? stepId;
    const steps = plan.steps.map(
      (step, position): StepRow => ({
        id: rowId(step.id),
        entitlement_id: entitlementId,
        position,
        direction: 'apply',
        state: 'pending',
        step: JSON.stringify(step),
        baseline: null,
        outcome: null,
        attempts: 0,
        last_error: null,
        next_attempt_at: null,
        lease_owner: null,
        lease_until: null,
        started_at: null,
        finished_at: null,
      }),
    );
    const linked = <T>(link: (step: (typeof plan.steps)[number]) => T[]): T[] =>
      plan.steps.flatMap(link);
    await insertAll(tx, 'entitlement_steps', steps);
    await insertAll(
      tx,
      'step_needs',
      linked(step =>
        [...new Set(step.needs)].map(need => ({
          step_id: rowId(step.id),
          needs_id: rowId(need),
        })),
      ),
    );
    await insertAll(
      tx,
      'step_shares',
      linked(step =>
        [...new Set(step.shares)].map(key => ({
          step_id: rowId(step.id),
          share_key: key,
        })),
      ),
    );
    await insertAll(
      tx,
      'step_locks',
      linked(step =>
        lockKeysOf(step).map(key => ({
          step_id: rowId(step.id),
          lock_key: key,
        })),
      ),
    );
  }
}

async function insertAll<T extends {}>(
  tx: Knex.Transaction,
  table: string,
  rows: T[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await tx(table).insert(rows.slice(start, start + ROWS_PER_INSERT));
  }
}
