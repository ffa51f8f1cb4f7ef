import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import { closeEndedDrift } from '../store/drift/driftItems';
import { syncGrantDrift } from '../store/drift/grantDrift';
import { forgetVerified } from './judgeEntitlements';
import type { JudgeDeps } from './JudgedScan';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { targetOf } from '../store/scans/ScanRow';
import type { ScanTargetRow } from '../store/tables';
import { ChangedGroups, refreshCounts } from '../grants/GrantCounts';
import type { GrantExplainer } from '../grants/GrantExplainer';
import type { StepGroups } from '../grants/StepGroups';

/** Later than any step was taken back. */
const END_OF_TIME = '9999';

/**
 * Explains the grants of an entitlement anew when that changes, without waiting
 * for the next scan. What cannot be done now, the next scan does.
 */
export class EntitlementRefresher {
  readonly #knex: Knex;
  readonly #provisioners: ProvisionerRegistry;
  readonly #groups: StepGroups;
  readonly #explainer: GrantExplainer;
  readonly #judging: JudgeDeps;
  readonly #clock: () => Date;
  readonly #logger: LoggerService;
  readonly #waiting = new Set<string>();
  #working: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: {
    knex: Knex;
    provisioners: ProvisionerRegistry;
    groups: StepGroups;
    explainer: GrantExplainer;
    judging: JudgeDeps;
    clock: () => Date;
    logger: LoggerService;
  }) {
    this.#knex = options.knex;
    this.#provisioners = options.provisioners;
    this.#groups = options.groups;
    this.#explainer = options.explainer;
    this.#judging = options.judging;
    this.#clock = options.clock;
    this.#logger = options.logger;
  }

  /** Something of the entitlement has changed. */
  touch(entitlementId: string): void {
    if (this.#isStopped) return;
    this.#waiting.add(entitlementId);
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
    });
  }

  /** Waits until nothing is left to do. */
  async idle(): Promise<void> {
    while (this.#working) await this.#working;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#waiting.clear();
    await this.#working;
  }

  async refresh(entitlementId: string): Promise<void> {
    await this.#groups.syncEntitlement(entitlementId);
    const byTarget = new Map<string, string[]>();
    for (const { targetId, group } of await this.#groups.groupsOf(
      entitlementId,
    )) {
      byTarget.set(targetId, [...(byTarget.get(targetId) ?? []), group]);
    }
    for (const [targetId, groupKeys] of byTarget) {
      const row = await this.#knex<ScanTargetRow>('scan_targets')
        .where({ id: targetId })
        .first();
      const provisioner = row && this.#provisioners.find(row.port_type);
      if (!row || !provisioner) continue;
      const groups = new ChangedGroups();
      await this.#explainer.explainGroups(
        {
          provisioner,
          target: targetOf(row),
          since: END_OF_TIME,
          knowsStanding: false,
        },
        groupKeys,
        groups,
      );
      if (groups.isEmpty) continue;
      await refreshCounts(this.#knex, groups);
      await syncGrantDrift(this.#knex, targetId, this.#clock());
    }
    await forgetVerified(this.#judging, entitlementId);
    await closeEndedDrift(this.#knex, this.#clock());
  }

  async #work(): Promise<void> {
    for (const id of this.#waiting) {
      this.#waiting.delete(id);
      try {
        await this.refresh(id);
      } catch (error) {
        this.#logger.warn(
          `The grants of entitlement ${id} could not be explained anew; the next scan does it`,
          error instanceof Error ? error : new Error(String(error)),
        );
      }
    }
  }
}
