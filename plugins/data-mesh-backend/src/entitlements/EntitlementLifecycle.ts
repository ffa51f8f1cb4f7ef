import type { Knex } from 'knex';
import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  entitlementTransitions,
  transition,
  type EntitlementEvent,
  type EntitlementState,
  type StepError,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../audit/AuditLog';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { StepRow } from '../provisioning/StepRow';
import type { EndKind, EntitlementRow } from './EntitlementRow';

const DAY_MS = 24 * 60 * 60 * 1000;

const auditActions: { [S in EntitlementState]: string } = {
  provisioning: 'entitlement.provisioning',
  active: 'entitlement.activated',
  suspended: 'entitlement.suspended',
  revoking: 'entitlement.revoking',
  revoked: 'entitlement.revoked',
  expired: 'entitlement.expired',
  failed: 'entitlement.failed',
};

/** An entitlement before and after a transaction. */
export interface EntitlementChange {
  before: EntitlementRow;
  after: EntitlementRow;
}

/**
 * Moves entitlements through their states, each move with its steps and its
 * audit event in the transaction it is given. The caller holds the row locked.
 */
export class EntitlementLifecycle {
  readonly #audit: AuditLog;
  readonly #clock: () => Date;

  constructor(options: { audit: AuditLog; clock: () => Date }) {
    this.#audit = options.audit;
    this.#clock = options.clock;
  }

  /**
   * Reads an entitlement and keeps others from changing it until the
   * transaction ends. Everything that changes an entitlement or its steps takes
   * this lock first, so that no two transactions wait for each other.
   *
   * @throws NotFoundError where there is none of the id
   */
  async lock(tx: Knex.Transaction, id: string): Promise<EntitlementRow> {
    const row = await tx<EntitlementRow>('entitlements')
      .where({ id })
      .forUpdate()
      .first();
    if (!row) throw new NotFoundError(`No entitlement has the id '${id}'`);
    return row;
  }

  /**
   * Begins to take access away: steps that were begun turn around, the others
   * are skipped. A step that is being worked on now turns when that ends.
   *
   * @throws ConflictError where the state does not allow it
   */
  async beginEnding(
    tx: Knex.Transaction,
    row: EntitlementRow,
    ending: { kind: EndKind; reason?: string; actorRef: string },
  ): Promise<EntitlementRow> {
    const revoking = await this.#move(
      tx,
      row,
      ending.kind === 'expired' ? 'expire' : 'revoke',
      {
        end_kind: ending.kind,
        end_reason: ending.reason ?? null,
        ended_by: ending.actorRef,
        failed_from: null,
        error: null,
      },
      {
        actorRef: ending.actorRef,
        facts: { kind: ending.kind, reason: ending.reason },
      },
    );
    const idle = () =>
      tx<StepRow>('entitlement_steps')
        .where({ entitlement_id: row.id, direction: 'apply' })
        .whereNot({ state: 'running' });
    await idle().whereNull('baseline').update(skippedStep(this.#clock()));
    await idle().whereNotNull('baseline').update(turnedStep());
    await tx<StepRow>('entitlement_steps')
      .where({ entitlement_id: row.id, direction: 'undo', state: 'failed' })
      .update(turnedStep());
    return this.settle(tx, revoking);
  }

  /**
   * Lets a failed entitlement go on where it stopped.
   *
   * @throws ConflictError where it has not failed
   */
  async retry(
    tx: Knex.Transaction,
    row: EntitlementRow,
    actorRef: string,
  ): Promise<EntitlementRow> {
    const moved = await this.#move(
      tx,
      row,
      row.failed_from === 'revoking' ? 'retry-undo' : 'retry-apply',
      { failed_from: null, error: null },
      { actorRef, facts: { retry: true } },
    );
    await tx<StepRow>('entitlement_steps')
      .where({ entitlement_id: row.id })
      .whereIn('state', ['failed', 'waiting'])
      .update({
        state: 'pending',
        attempts: 0,
        next_attempt_at: null,
        finished_at: null,
      });
    return this.settle(tx, moved);
  }

  /** Reports that a step failed for good. */
  async fail(
    tx: Knex.Transaction,
    row: EntitlementRow,
    error: StepError,
  ): Promise<EntitlementRow> {
    if (row.state !== 'provisioning' && row.state !== 'revoking') return row;
    return this.#move(
      tx,
      row,
      'fail',
      { failed_from: row.state, error: JSON.stringify(error) },
      {
        actorRef: SYSTEM_ACTOR,
        facts: { failedFrom: row.state, error: { ...error } },
      },
    );
  }

  /**
   * Makes an entitlement active when its last step is verified, and ended when
   * the last one is undone. Its time begins with the first.
   */
  async settle(
    tx: Knex.Transaction,
    row: EntitlementRow,
  ): Promise<EntitlementRow> {
    if (row.state === 'provisioning') {
      if (await this.#hasStepsOutside(tx, row.id, ['done'])) return row;
      const now = this.#clock();
      const expiresAt = new Date(now.getTime() + row.duration_days * DAY_MS);
      return this.#move(
        tx,
        row,
        'applied',
        {
          activated_at: now.toISOString(),
          expires_at: expiresAt.toISOString(),
          health: 'ok',
          health_reason: null,
        },
        {
          actorRef: SYSTEM_ACTOR,
          facts: { expiresAt: expiresAt.toISOString() },
        },
      );
    }
    if (row.state === 'revoking') {
      if (await this.#hasStepsOutside(tx, row.id, ['undone', 'skipped'])) {
        return row;
      }
      return this.#move(
        tx,
        row,
        row.end_kind === 'expired' ? 'undone-by-expiry' : 'undone',
        {
          ended_at: this.#clock().toISOString(),
          health: 'unknown',
          health_reason: null,
        },
        { actorRef: SYSTEM_ACTOR, facts: { kind: row.end_kind } },
      );
    }
    return row;
  }

  /**
   * A step of an entitlement that is ending stops being applied: it turns
   * around where something may have been written, else it is skipped.
   */
  turn(step: Pick<StepRow, 'baseline'>): Partial<StepRow> {
    return step.baseline === null ? skippedStep(this.#clock()) : turnedStep();
  }

  async #hasStepsOutside(
    tx: Knex.Transaction,
    id: string,
    states: StepRow['state'][],
  ): Promise<boolean> {
    const step = await tx<StepRow>('entitlement_steps')
      .where({ entitlement_id: id })
      .whereNotIn('state', states)
      .first('id');
    return step !== undefined;
  }

  async #move(
    tx: Knex.Transaction,
    row: EntitlementRow,
    event: EntitlementEvent,
    patch: Partial<EntitlementRow>,
    audit: {
      actorRef: string;
      facts: { [key: string]: JsonObject[string] };
    },
  ): Promise<EntitlementRow> {
    const next = transition(entitlementTransitions, row.state, event);
    if (!next.ok) {
      throw new ConflictError(
        `Entitlement ${row.id} does not take '${event}': ${next.reason}`,
      );
    }
    const changes: Partial<EntitlementRow> = {
      ...patch,
      state: next.state,
      version: row.version + 1,
      updated_at: this.#clock().toISOString(),
    };
    const updated = await tx<EntitlementRow>('entitlements')
      .where({ id: row.id, version: row.version })
      .update(changes);
    if (updated !== 1) {
      throw new ConflictError(
        `Entitlement ${row.id} was changed by somebody else just now; look again`,
      );
    }
    const facts = Object.fromEntries(
      Object.entries(audit.facts).filter(
        ([, value]) => value !== undefined && value !== null,
      ),
    );
    await this.#audit.append(tx, {
      actorRef: audit.actorRef,
      action: auditActions[next.state],
      subject: `entitlement:${row.id}`,
      before: { state: row.state, version: row.version },
      after: { state: next.state, version: row.version + 1, ...facts },
      correlationId: row.request_id,
    });
    return { ...row, ...changes };
  }
}

function turnedStep(): Partial<StepRow> {
  return {
    direction: 'undo',
    state: 'pending',
    attempts: 0,
    outcome: null,
    last_error: null,
    next_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    started_at: null,
    finished_at: null,
  };
}

function skippedStep(now: Date): Partial<StepRow> {
  return {
    state: 'skipped',
    outcome: 'was never begun',
    next_attempt_at: null,
    lease_owner: null,
    lease_until: null,
    finished_at: now.toISOString(),
  };
}
