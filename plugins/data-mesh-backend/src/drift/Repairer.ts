import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  principalSentence,
  sentence,
  type ObservedGrant,
  type RevocationEffect,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  GrantScanner,
  LiveStep,
  Provisioner,
} from '@lakemesh/backstage-plugin-data-mesh-node';
import type { LifecycleDeps } from '../entitlements/lifecycle/LifecycleDeps';
import type { AuditLog } from '../audit/AuditLog';
import { principalOf } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import { ChangedGroups, refreshCounts } from '../grants/GrantCounts';
import { endGrant, type GrantExplainer } from '../grants/GrantExplainer';
import { excessOf, grantOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import type { StepGroups } from '../grants/StepGroups';
import { explainedOnly, keepParts, without } from '../grants/takenBack';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { targetOf } from '../store/scans/ScanRow';
import type { ScanTargetRow } from '../store/tables';
import { grantInWords } from '../store/drift/DriftRow';
import { closeDrift } from '../store/drift/driftItems';
import { syncGrantDrift } from '../store/drift/grantDrift';
import type { JudgeDeps } from './JudgedScan';
import { settleHealth } from './settleHealth';
import { findBusyIn } from '../store/steps/stepGroups';
import {
  lookAtIdentities,
  requireSameIdentities,
} from '../entitlements/actions/identities';
import { beginReapplying } from '../entitlements/lifecycle/restarting';

/** Later than all that was recorded: only what is in force now counts. */
const FOREVER = '9999';

/** Who does it, and whether it is only looked at. */
export interface Repair {
  actorRef: string;
  dryRun: boolean;
}

/** Moves an entitlement, and tells of it. */
export type MoveEntitlement = (
  id: string,
  move: (
    tx: Knex.Transaction,
    row: EntitlementRow,
    lifecycle: LifecycleDeps,
  ) => Promise<EntitlementRow>,
) => Promise<void>;

/** Does what was decided about drift, with its audit events. */
export class Repairer {
  readonly #knex: Knex;
  readonly #audit: AuditLog;
  readonly #clock: () => Date;
  readonly #newId: () => string;
  readonly #provisioners: ProvisionerRegistry;
  readonly #groups: StepGroups;
  readonly #explainer: GrantExplainer;
  readonly #judging: JudgeDeps;
  readonly #move: MoveEntitlement;

  constructor(options: {
    knex: Knex;
    audit: AuditLog;
    clock: () => Date;
    newId: () => string;
    provisioners: ProvisionerRegistry;
    groups: StepGroups;
    explainer: GrantExplainer;
    judging: JudgeDeps;
    move: MoveEntitlement;
  }) {
    this.#knex = options.knex;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#newId = options.newId;
    this.#provisioners = options.provisioners;
    this.#groups = options.groups;
    this.#explainer = options.explainer;
    this.#judging = options.judging;
    this.#move = options.move;
  }

  /** Lets a grant stay as it is now. What is added to it later is drift again. */
  async adopt(
    row: ObservedGrantRow,
    { actorRef, reason, dryRun }: Repair & { reason: string },
  ): Promise<RevocationEffect[]> {
    const grant = grantOf(row);
    const effects = [
      {
        words: sentence('effect.adopted', { grant: grantInWords(grant) }),
        ...(reason && { because: { text: reason } }),
      },
    ];
    if (dryRun) return effects;
    await this.#knex.transaction(async tx => {
      const at = this.#clock().toISOString();
      await tx('adopted_grants')
        .where({ target_id: row.target_id, grant_key: row.grant_key })
        .whereNull('gone_at')
        .update({ gone_at: at });
      await tx('adopted_grants').insert({
        id: this.#newId(),
        target_id: row.target_id,
        grant_key: row.grant_key,
        group_key: row.group_key,
        data: row.data,
        reason,
        adopted_by: actorRef,
        adopted_at: at,
        gone_at: null,
      });
      await this.#report(tx, row, 'drift.adopted', actorRef, { reason });
    });
    await this.#explain(row);
    return effects;
  }

  /**
   * Takes away what nobody approved of a grant: all of it, or a part.
   *
   * @throws ConflictError where something explains it by now, or is about to
   * @throws ServiceUnavailableError where the system refuses
   */
  async revoke(
    row: ObservedGrantRow,
    { actorRef, reason, dryRun }: Repair & { reason: string },
  ): Promise<RevocationEffect[]> {
    const { provisioner, scanner, target } = await this.#systemOf(row);
    // What was approved since the last scan counts as well.
    await this.#groups.sync();
    await this.#explain(row);
    const now = await this.#knex<ObservedGrantRow>('observed_grants')
      .where({ id: row.id })
      .whereNull('gone_at')
      .first();
    const parts = now ? unexplainedParts(now) : [];
    if (!now || parts.length === 0) {
      throw new ConflictError(
        `The grant is ${
          now ? `explained by now (${now.because})` : 'gone by now'
        }; nothing is taken away`,
      );
    }
    await this.#refuseWhileProvisioning(now);
    const revocation = { parts, keeping: await this.#inForce(now) };
    const effects = scanner.planRevoke(target, revocation);
    if (dryRun) return effects;
    await this.#knex.transaction(tx =>
      this.#report(tx, now, 'drift.revoking', actorRef, { reason }),
    );
    try {
      await callProvisioner(provisioner, () =>
        scanner.revoke(target, revocation),
      );
    } catch (error) {
      if (!(error instanceof ProvisionerFailure)) throw error;
      const { code, message, advice } = error.details;
      const words = `${code}: ${message}${advice ? ` (${advice})` : ''}`;
      await this.#knex.transaction(tx =>
        this.#report(tx, now, 'drift.revoke-failed', actorRef, {
          reason,
          error: words,
        }),
      );
      throw new ServiceUnavailableError(words);
    }
    await this.#knex.transaction(tx =>
      this.#report(tx, now, 'drift.revoked', actorRef, { reason }),
    );
    await this.#forget(provisioner, now, parts);
    return effects;
  }

  /**
   * Has what was approved applied again.
   *
   * @throws ConflictError where what it was given for is another thing now
   */
  async reapply(
    row: EntitlementRow,
    { actorRef, dryRun }: Repair,
  ): Promise<RevocationEffect[]> {
    await requireSameIdentities({ provisioners: this.#provisioners }, row);
    const effects = [
      {
        words: sentence('effect.reapplied', {
          product: row.product_title,
          principal: principalSentence(principalOf(row)),
        }),
      },
    ];
    if (dryRun) return effects;
    await this.#move(row.id, (tx, locked, lifecycle) =>
      beginReapplying(lifecycle, tx, locked, actorRef),
    );
    return effects;
  }

  /**
   * Lets an entitlement hold for what stands under the name now.
   *
   * @throws ConflictError where nothing does
   */
  async adoptIdentity(
    row: EntitlementRow,
    { actorRef, reason, dryRun }: Repair & { reason: string },
  ): Promise<RevocationEffect[]> {
    const { identities, changes, gone } = await lookAtIdentities(
      { provisioners: this.#provisioners },
      row,
    );
    if (gone.length > 0) {
      throw new ConflictError(
        `${gone.join(
          '; ',
        )}. There is nothing to adopt; revoke the access, or create it again`,
      );
    }
    const effects = changes.map(change => ({
      words: sentence('effect.identityAdopted', { change }),
      ...(reason && { because: { text: reason } }),
    }));
    if (dryRun) return effects;
    await this.#knex.transaction(async tx => {
      await tx<EntitlementRow>('entitlements')
        .where({ id: row.id })
        .update({ identities: JSON.stringify(identities) });
      await tx('entitlement_checks')
        .where({ entitlement_id: row.id })
        .update({ identity_words: null });
      await this.#audit.append(tx, {
        actorRef,
        action: 'drift.identity-adopted',
        subject: `entitlement:${row.id}`,
        before: { identities: JSON.parse(row.identities) },
        after: { identities, reason },
        correlationId: row.request_id,
      });
    });
    await closeDrift(this.#knex, 'identity', row.id, this.#clock());
    await settleHealth(this.#judging, [row]);
    return effects;
  }

  /** Steps whose access must survive what is taken away beside it. */
  async #inForce(row: ObservedGrantRow): Promise<LiveStep[]> {
    const behind = await this.#groups.behind(
      this.#knex,
      row.target_id,
      [row.group_key],
      FOREVER,
    );
    return (behind.get(row.group_key) ?? [])
      .filter(step => !step.isResidue)
      .map(step => step.live);
  }

  /** Nothing may be taken away where a worker puts something at this moment. */
  async #refuseWhileProvisioning(row: ObservedGrantRow): Promise<void> {
    const busy = await findBusyIn(this.#knex, row);
    if (busy) {
      throw new ConflictError(
        `Entitlement ${busy} is being worked on in the same place; try again when that is done`,
      );
    }
  }

  async #systemOf(row: ObservedGrantRow): Promise<{
    provisioner: Provisioner;
    scanner: GrantScanner;
    target: ReturnType<typeof targetOf>;
  }> {
    const target = await this.#knex<ScanTargetRow>('scan_targets')
      .where({ id: row.target_id })
      .first();
    const provisioner = target && this.#provisioners.find(target.port_type);
    if (!target || !provisioner?.scanner) {
      throw new ServiceUnavailableError(
        `No provisioner can change grants in ${row.target_id}`,
      );
    }
    return {
      provisioner,
      scanner: provisioner.scanner,
      target: targetOf(target),
    };
  }

  /** Explains the grant anew, by what is recorded now. */
  async #explain(row: ObservedGrantRow): Promise<void> {
    const { provisioner, target } = await this.#systemOf(row);
    const groups = new ChangedGroups();
    await this.#explainer.explainGroups(
      { provisioner, target, since: FOREVER, knowsStanding: false },
      [row.group_key],
      groups,
    );
    await refreshCounts(this.#knex, groups);
    await syncGrantDrift(this.#knex, row.target_id, this.#clock());
  }

  /** What was taken away shows no longer; the next scan looks again. */
  async #forget(
    provisioner: Provisioner,
    row: ObservedGrantRow,
    parts: readonly ObservedGrant[],
  ): Promise<void> {
    const groups = new ChangedGroups();
    groups.add(row, ...(JSON.parse(row.products) as string[]));
    const at = this.#clock().toISOString();
    const left = without(provisioner, grantOf(row), parts);
    if (left.length > 0) {
      await keepParts(this.#knex, explainedOnly(row), left, at);
    } else {
      await endGrant(this.#knex, row, at);
    }
    await refreshCounts(this.#knex, groups);
    await syncGrantDrift(this.#knex, row.target_id, this.#clock());
  }

  async #report(
    tx: Knex.Transaction,
    row: ObservedGrantRow,
    action: string,
    actorRef: string,
    facts: { [name: string]: string },
  ): Promise<void> {
    await this.#audit.append(tx, {
      actorRef,
      action,
      subject: `grant:${row.id}`,
      after: {
        target: row.target_id,
        key: row.grant_key,
        grant: JSON.parse(JSON.stringify(grantOf(row))),
        parts: JSON.parse(JSON.stringify(unexplainedParts(row))),
        ...facts,
      },
    });
  }
}

/** What nobody approved of a grant. */
function unexplainedParts(row: ObservedGrantRow): ObservedGrant[] {
  return row.because === 'unexplained' ? [grantOf(row)] : excessOf(row);
}
