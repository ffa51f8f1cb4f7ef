import type { Knex } from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Health,
  ObservedGrant,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import { heldInWords } from '../grants/heldInWords';
import { inTurns } from '../turns';
import { callProvisioner } from '../provisioners/ProvisionerFailure';
import type { ScanClaim } from '../store/ScanRow';
import type { DriftStore } from './DriftStore';
import { IdentityJudge } from './IdentityJudge';
import type { JudgedScan } from './JudgedScan';
import { JudgedSteps, judgementOf, judgedSteps } from './JudgedSteps';
import { lookIfPossible } from './lookIfPossible';
import { ResidueJudge } from './ResidueJudge';
import { StepFindings } from './StepFindings';
import { entitlementsIn, appliedStepsIn } from '../store/stepGroups';

const AT_ONCE = 100;
/** As if nothing had been seen. */
const NOTHING: ReadonlyMap<string, ObservedGrant[]> = new Map();

/**
 * Compares entitlements with what a scan has seen: whether all of each active
 * one is there, whether it is still given for the same thing, and whether what
 * could not be taken back is gone.
 */
export class EntitlementJudge {
  readonly #knex: Knex;
  readonly #store: EntitlementStore;
  readonly #drift: DriftStore;
  readonly #steps: JudgedSteps;
  readonly #findings: StepFindings;
  readonly #identity: IdentityJudge;
  readonly #residue: ResidueJudge;
  readonly #checksPerScan: number;
  readonly #logger: LoggerService;
  readonly #healthChanged: (entitlementId: string) => void;

  constructor(options: {
    knex: Knex;
    store: EntitlementStore;
    drift: DriftStore;
    clock: () => Date;
    checksPerScan: number;
    logger: LoggerService;
    healthChanged(entitlementId: string): void;
    /** Nothing is left of what could not be taken back. */
    residueIsGone(entitlementId: string): Promise<void>;
  }) {
    this.#knex = options.knex;
    this.#store = options.store;
    this.#drift = options.drift;
    this.#steps = new JudgedSteps(options.knex);
    this.#findings = new StepFindings(options);
    this.#identity = new IdentityJudge(options);
    this.#residue = new ResidueJudge({ ...options, steps: this.#steps });
    this.#checksPerScan = options.checksPerScan;
    this.#logger = options.logger;
    this.#healthChanged = id => options.healthChanged(id);
  }

  /** Judges all that a target's grants tell of entitlements. */
  async judge(scan: JudgedScan): Promise<void> {
    for await (const rows of this.#active(scan.claim)) {
      await this.#judgeSteps(scan, rows);
      for await (const row of inTurns(rows)) await this.settle(row);
      await scan.onBatch();
    }
    await this.#lookBeyond(scan);
    await this.#residue.judge(scan);
    await this.#drift.closeEnded();
  }

  /**
   * Health of an active entitlement by all that was found of it, and its open
   * drift.
   */
  async settle(row: EntitlementRow): Promise<void> {
    const findings = await this.#findings.of(row.id);
    const missing = [...new Set(findings.map(one => one.words))].join('; ');
    if (findings.length > 0) {
      await this.#drift.report({
        kind: 'missing',
        subject: row.id,
        targetId: findings[0].target_id ?? undefined,
        accountId: await this.#accountOf(findings[0].target_id),
        entitlementId: row.id,
        productRef: row.product_ref,
        words: missing,
      });
    } else {
      await this.#drift.close('missing', row.id);
    }
    const changed = await this.#identity.wordsOf(row.id);
    const reasons = [changed ?? '', missing].filter(words => words !== '');
    const excess =
      reasons.length === 0 ? await this.#excessOf(row.id) : undefined;
    const { health, reason } = healthOf(reasons, excess);
    // Asked first: what is as it was is not written.
    const isNews =
      row.health !== health || (row.health_reason ?? undefined) !== reason;
    if (isNews && (await this.#store.setHealth(row.id, health, reason))) {
      this.#healthChanged(row.id);
    }
  }

  /**
   * Forgets what was found of steps that the worker has verified since, or that
   * are not to be there any more.
   */
  async forgetVerified(entitlementId: string): Promise<void> {
    if (!(await this.#findings.forgetVerified(entitlementId))) return;
    const row = await this.#store.get(entitlementId);
    if (row.state === 'active') await this.settle(row);
  }

  /**
   * Active entitlements with steps in the target. What has changed since the
   * scan began is left to the next one: the grants may be older than it.
   */
  async *#active(claim: ScanClaim): AsyncGenerator<EntitlementRow[]> {
    let after = '';
    for (;;) {
      const rows: EntitlementRow[] = await this.#knex<EntitlementRow>(
        'entitlements',
      )
        .where({ state: 'active' })
        .where('updated_at', '<', claim.startedAt)
        .where('id', '>', after)
        .whereIn('id', entitlementsIn(this.#knex, claim.target.id))
        .orderBy('id')
        .limit(AT_ONCE);
      if (rows.length === 0) return;
      after = rows[rows.length - 1].id;
      yield rows;
    }
  }

  async #judgeSteps(
    scan: JudgedScan,
    rows: readonly EntitlementRow[],
  ): Promise<void> {
    const { claim } = scan;
    const steps = await judgedSteps(
      await appliedStepsIn(
        this.#knex,
        claim.target.id,
        rows.map(row => row.id),
        claim.startedAt,
      ),
    );
    const grants = await this.#steps.grants(claim, steps);
    for await (const step of inTurns(steps)) {
      const judgement = judgementOf(scan, step, grants);
      if (judgement.state !== 'unseen') {
        await this.#findings.note(claim, step, judgement);
      }
    }
  }

  /** What grants do not show, of those that were not looked at for longest. */
  async #lookBeyond(scan: JudgedScan): Promise<void> {
    const { claim } = scan;
    const rows: EntitlementRow[] = await this.#knex<EntitlementRow>(
      'entitlements as e',
    )
      .leftJoin('entitlement_checks as c', 'c.entitlement_id', 'e.id')
      .where('e.state', 'active')
      .where('e.updated_at', '<', claim.startedAt)
      .whereIn('e.id', entitlementsIn(this.#knex, claim.target.id))
      .orderByRaw(`coalesce(c.checked_at, ''), e.id`)
      .limit(this.#checksPerScan)
      .select('e.*');
    for (const row of rows) {
      scan.signal?.throwIfAborted();
      await this.#lookAtUnseen(scan, row);
      await this.#identity.look(scan, row);
      await this.settle(row);
      await scan.onBatch();
    }
  }

  async #lookAtUnseen(scan: JudgedScan, row: EntitlementRow): Promise<void> {
    const { claim, provisioner, signal } = scan;
    const steps = await judgedSteps(
      await appliedStepsIn(this.#knex, claim.target.id, [row.id]),
    );
    for await (const step of inTurns(steps)) {
      if (judgementOf(scan, step, NOTHING).state !== 'unseen') continue;
      const seen = await lookIfPossible(this.#logger, () =>
        callProvisioner(provisioner, () =>
          provisioner.observe(step.plan, { signal }),
        ),
      );
      if (!seen) continue;
      await this.#findings.note(
        claim,
        step,
        seen.state === 'present'
          ? { state: 'present' }
          : {
              state: seen.state,
              words: `${provisioner.title} does not hold ${
                seen.state === 'partial' ? 'all of ' : ''
              }this any more: ${step.plan.words}`,
            },
      );
    }
  }

  async #excessOf(entitlementId: string): Promise<string | undefined> {
    const rows = await this.#knex('observed_grants')
      .where({ entitlement_id: entitlementId, because: 'approved-and-more' })
      .whereNull('gone_at')
      .whereNotNull('excess')
      .limit(3)
      .select('excess');
    if (rows.length === 0) return undefined;
    const parts = rows.flatMap(
      row => JSON.parse(row.excess) as ObservedGrant[],
    );
    return `Holds more than was approved: ${parts.map(heldInWords).join('; ')}`;
  }

  async #accountOf(targetId: string | null): Promise<string | undefined> {
    if (targetId === null) return undefined;
    const row = await this.#knex('scan_targets')
      .where({ id: targetId })
      .first('account_id');
    return row?.account_id ?? undefined;
  }
}

/** What lacks weighs more than what is too much. */
function healthOf(
  reasons: readonly string[],
  excess: string | undefined,
): { health: Health; reason?: string } {
  if (reasons.length > 0) {
    return { health: 'degraded', reason: reasons.join('; ') };
  }
  return excess ? { health: 'excess', reason: excess } : { health: 'ok' };
}
