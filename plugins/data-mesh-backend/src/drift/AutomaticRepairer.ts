import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { DriftKind } from '@lakemesh/backstage-plugin-data-mesh-common';
import type { AuditLog } from '../audit/AuditLog';
import { liveByKeys } from '../store/grants/observedGrants';
import { SYSTEM_ACTOR } from '../identity/Caller';
import type { ScanConfig } from '../config/scanConfig';
import type { ScanTargetRow } from '../store/tables';
import type { DriftRow } from '../store/tables';
import { countDrift, openDriftOf } from '../store/drift/driftItems';
import type { ReconcileDeps } from './DriftDeps';
import { reconcileMissing } from './reconcile';
import type { Repairer } from './Repairer';
import { RunEvidence } from './RunEvidence';
import type { HeldRepair } from '../events';
import { countActiveIn } from '../store/steps/stepGroups';

const MOST = 500;

/**
 * Repairs drift by itself, where `dataMesh.drift.automatic` says so, after a
 * scan of the target. Too much of it at once is left to a person: wrong
 * credentials look like drift.
 */
export class AutomaticRepairer {
  readonly #knex: Knex;
  readonly #repairer: Repairer;
  readonly #reconciling: ReconcileDeps;
  readonly #audit: AuditLog;
  readonly #config: ScanConfig;
  readonly #logger: LoggerService;
  readonly #evidence: RunEvidence;
  /** Entitlements that were left to a person, said already. */
  readonly #left = new Set<string>();

  constructor(options: {
    knex: Knex;
    repairer: Repairer;
    reconciling: ReconcileDeps;
    audit: AuditLog;
    config: ScanConfig;
    logger: LoggerService;
    clock: () => Date;
  }) {
    this.#knex = options.knex;
    this.#repairer = options.repairer;
    this.#reconciling = options.reconciling;
    this.#audit = options.audit;
    this.#config = options.config;
    this.#logger = options.logger;
    this.#evidence = new RunEvidence(options);
  }

  /** @returns what was left to a person */
  async repair(targetId: string): Promise<HeldRepair[]> {
    const { automatic } = this.#config;
    const held: HeldRepair[] = [];
    for (const kind of ['missing', 'excess', 'residue'] as const) {
      if (automatic[kind] === 'none') continue;
      const rows = await openDriftOf(
        this.#knex,
        { kinds: [kind], targetId },
        MOST,
      );
      if (rows.length === 0) continue;
      const storm = await this.#stormOf(kind, targetId);
      if (storm) {
        held.push(storm);
        await this.#reportHeld(storm);
      } else if (kind === 'missing') {
        await this.#reapply(rows);
      } else {
        await this.#revoke(rows, kind);
      }
    }
    return held;
  }

  async #reapply(rows: readonly DriftRow[]): Promise<void> {
    const ids = rows.flatMap(row => row.entitlement_id ?? []);
    const unseen = await this.#evidence.unseen(ids);
    for (const id of unseen) await this.#reportUnseen(id);
    const items = await reconcileMissing(
      this.#reconciling,
      rows.filter(row => !unseen.has(row.entitlement_id ?? '')),
      SYSTEM_ACTOR,
    );
    for (const { entitlementId, error } of items) {
      if (error !== undefined) {
        this.#logger.warn(
          `Entitlement ${entitlementId} was not applied again by itself: ${error}`,
        );
      }
    }
  }

  async #revoke(
    rows: readonly DriftRow[],
    kind: 'excess' | 'residue',
  ): Promise<void> {
    for (const row of rows) {
      if (row.target_id === null || row.grant_key === null) continue;
      const [grant] = await liveByKeys(this.#knex, row.target_id, [
        row.grant_key,
      ]);
      if (!grant) continue;
      try {
        await this.#repairer.revoke(grant, {
          actorRef: SYSTEM_ACTOR,
          reason: `By policy: dataMesh.drift.automatic.${kind} is revoke`,
          dryRun: false,
        });
      } catch (error) {
        // On the audit trail already; the others are not to wait for it.
        this.#logger.warn(
          `Drift ${row.id} was not revoked by itself`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }

  async #stormOf(
    kind: DriftKind,
    targetId: string,
  ): Promise<HeldRepair | undefined> {
    const { haltAboveCount, haltAbovePercent } = this.#config;
    const count = await countDrift(this.#knex, kind, targetId);
    if (count <= haltAboveCount) return undefined;
    const of =
      kind === 'missing'
        ? await countActiveIn(this.#knex, targetId)
        : await this.#grantsOf(targetId);
    return count * 100 > of * haltAbovePercent
      ? { kind, count, of, targetId }
      : undefined;
  }

  async #grantsOf(targetId: string): Promise<number> {
    const row = await this.#knex<ScanTargetRow>('scan_targets')
      .where({ id: targetId })
      .first('grants');
    return row?.grants ?? 0;
  }

  /** What was never there while this process ran may have been revoked. */
  async #reportUnseen(entitlementId: string): Promise<void> {
    if (this.#left.has(entitlementId)) return;
    this.#left.add(entitlementId);
    const because =
      'nothing has seen it in the system since this backend started; after a restore of the database it may have been revoked';
    this.#logger.warn(
      `Entitlement ${entitlementId} is not applied again by itself: ${because}. Re-apply or revoke it by hand`,
    );
    await this.#knex.transaction(tx =>
      this.#audit.append(tx, {
        actorRef: SYSTEM_ACTOR,
        action: 'drift.automatic-held',
        subject: `entitlement:${entitlementId}`,
        after: { kind: 'missing', because },
      }),
    );
  }

  async #reportHeld({ kind, count, of, targetId }: HeldRepair): Promise<void> {
    this.#logger.warn(
      `${count} of ${of} would be repaired as ${kind} in ${targetId}; that is too much to do without a person`,
    );
    await this.#knex.transaction(tx =>
      this.#audit.append(tx, {
        actorRef: SYSTEM_ACTOR,
        action: 'drift.automatic-held',
        subject: `scan-target:${targetId}`.slice(0, 255),
        after: { kind, count, of },
      }),
    );
  }
}
