import type { Knex } from 'knex';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Health,
  ObservedGrant,
  PlanStep,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { StepJudgement } from '@lakemesh/backstage-plugin-data-mesh-node';
import type {
  EntitlementRow,
  FindingRow,
  ObservedGrantRow,
} from '../store/tables';
import type { EntitlementStore } from '../entitlements/EntitlementStore';
import { heldInWords } from '../grants/heldInWords';
import { inTurns, mapInTurns } from '../turns';
import { callProvisioner } from '../provisioners/ProvisionerFailure';
import { byIds } from '../store/grants/observedGrants';
import { excessOf } from '../store/ObservedGrantRow';
import type { TargetLease } from '../store/ScanRow';
import {
  deleteFindings,
  findingsOf,
  settledFindings,
} from '../store/stepFindings';
import type { DriftStore } from './DriftStore';
import { IdentityJudge } from './IdentityJudge';
import type { JudgedScan } from './JudgedScan';
import {
  JudgedSteps,
  judgementOf,
  judgedSteps,
  type JudgedStep,
} from './JudgedSteps';
import { lookIfPossible } from './lookIfPossible';
import { ResidueJudge } from './ResidueJudge';
import { noteFindings, type JudgedAs } from './noteFindings';
import { entitlementsIn, appliedStepsIn } from '../store/stepGroups';

const AT_ONCE = 100;
/** Grants that are too much, told of one entitlement. */
const MOST_TOLD = 3;
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
  readonly #identity: IdentityJudge;
  readonly #residue: ResidueJudge;
  readonly #clock: () => Date;
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
    this.#identity = new IdentityJudge(options);
    this.#residue = new ResidueJudge({ ...options, steps: this.#steps });
    this.#clock = options.clock;
    this.#checksPerScan = options.checksPerScan;
    this.#logger = options.logger;
    this.#healthChanged = id => options.healthChanged(id);
  }

  /** Judges all that a target's grants tell of entitlements. */
  async judge(scan: JudgedScan): Promise<void> {
    for await (const rows of this.#active(scan.claim)) {
      const steps = await this.#stepsOf(scan.claim, rows);
      const grants = await this.#steps.grants(scan.claim, steps);
      await this.#take(scan, rows, await judgedAs(scan, steps, grants));
      await scan.onBatch();
    }
    await this.#lookBeyond(scan);
    await this.#residue.judge(scan);
    await this.#drift.closeEnded();
  }

  /**
   * Judges some entitlements by a look at a part of a target: only steps of
   * which it shows all grants.
   *
   * @param isKept - else nothing is written
   * @returns ids of those of which nothing is held
   */
  async judgePart(
    scan: JudgedScan & {
      grants: ReadonlyMap<string, ObservedGrant[]>;
      shows(step: PlanStep): boolean;
    },
    rows: readonly EntitlementRow[],
    { isKept }: { isKept: boolean },
  ): Promise<string[]> {
    const { claim, grants } = scan;
    const judgeable = rows.filter(
      row => row.state === 'active' && row.updated_at < claim.startedAt,
    );
    const missing: string[] = [];
    for (let start = 0; start < judgeable.length; start += AT_ONCE) {
      const part = judgeable.slice(start, start + AT_ONCE);
      const steps = await this.#stepsOf(claim, part);
      const shown = steps.filter(step => scan.shows(step.plan));
      const judged = await judgedAs(scan, shown, grants);
      missing.push(...nothingOf(judged));
      if (isKept) await this.#take(scan, part, judged);
    }
    return missing;
  }

  async #take(
    { claim }: JudgedScan,
    rows: readonly EntitlementRow[],
    judged: readonly JudgedAs[],
  ): Promise<void> {
    await noteFindings({ knex: this.#knex, clock: this.#clock }, claim, judged);
    await this.settle(rows);
  }

  /**
   * Health of active entitlements by all that was found of them, and their open
   * drift.
   */
  async settle(rows: readonly EntitlementRow[]): Promise<void> {
    if (rows.length === 0) return;
    const found = await this.#foundOf(rows.map(row => row.id));
    for await (const row of inTurns(rows)) {
      const findings = found.findings.get(row.id) ?? [];
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
      } else if (found.open.has(row.id)) {
        await this.#drift.close('missing', row.id);
      }
      const changed = found.identities.get(row.id);
      const reasons = [changed ?? '', missing].filter(words => words !== '');
      const { health, reason } = healthOf(reasons, found.excess.get(row.id));
      // Asked first: what is as it was is not written.
      const isNews =
        row.health !== health || (row.health_reason ?? undefined) !== reason;
      if (isNews && (await this.#store.setHealth(row.id, health, reason))) {
        this.#healthChanged(row.id);
      }
    }
  }

  /** All that health goes by, of some entitlements. */
  async #foundOf(ids: readonly string[]) {
    const findings = new Map<string, FindingRow[]>();
    for (const row of await findingsOf(this.#knex, ids)) {
      const list = findings.get(row.entitlement_id) ?? [];
      list.push(row);
      findings.set(row.entitlement_id, list);
    }
    return {
      findings,
      open: await this.#drift.openSubjects('missing', ids),
      identities: await this.#identity.wordsOf(ids),
      excess: await this.#excessOf(ids),
    };
  }

  /**
   * Forgets what was found of steps that the worker has verified since, or that
   * are not to be there any more.
   */
  async forgetVerified(entitlementId: string): Promise<void> {
    const settled = await settledFindings(this.#knex, entitlementId);
    if (settled.length === 0) return;
    await deleteFindings(this.#knex, settled);
    const row = await this.#store.get(entitlementId);
    if (row.state === 'active') await this.settle([row]);
  }

  /**
   * Active entitlements with steps in the target. What has changed since the
   * scan began is left to the next one: the grants may be older than it.
   */
  async *#active(claim: TargetLease): AsyncGenerator<EntitlementRow[]> {
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

  async #stepsOf(
    { target, startedAt }: TargetLease,
    rows: readonly EntitlementRow[],
  ): Promise<JudgedStep[]> {
    return judgedSteps(
      await appliedStepsIn(
        this.#knex,
        target.id,
        rows.map(row => row.id),
        startedAt,
      ),
    );
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
      await this.settle([row]);
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
      const judgement: StepJudgement =
        seen.state === 'present'
          ? { state: 'present' }
          : {
              state: seen.state,
              words: `${provisioner.title} does not hold ${
                seen.state === 'partial' ? 'all of ' : ''
              }this any more: ${step.plan.words}`,
            };
      await noteFindings({ knex: this.#knex, clock: this.#clock }, claim, [
        { step, judgement },
      ]);
    }
  }

  /** What is held beyond what was approved, in words. */
  async #excessOf(ids: readonly string[]): Promise<Map<string, string>> {
    const rows: Array<Pick<ObservedGrantRow, 'id' | 'entitlement_id'>> =
      await this.#knex('observed_grants')
        .whereIn('entitlement_id', [...ids])
        .where({ because: 'approved-and-more' })
        .whereNull('gone_at')
        .whereNotNull('excess')
        .orderBy('id')
        .select('id', 'entitlement_id');
    const told = firstOfEach(rows, row => row.entitlement_id ?? '', MOST_TOLD);
    const words = new Map<string, string[]>();
    for await (const grants of byIds(
      this.#knex,
      told.map(row => row.id),
    )) {
      for (const row of grants) {
        const id = row.entitlement_id ?? '';
        const known = words.get(id) ?? [];
        words.set(id, [...known, ...excessOf(row).map(heldInWords)]);
      }
    }
    return new Map(
      Array.from(words, ([id, parts]) => [
        id,
        `Holds more than was approved: ${parts.join('; ')}`,
      ]),
    );
  }

  async #accountOf(targetId: string | null): Promise<string | undefined> {
    if (targetId === null) return undefined;
    const row = await this.#knex('scan_targets')
      .where({ id: targetId })
      .first('account_id');
    return row?.account_id ?? undefined;
  }
}

/** How much is there of each step. */
async function judgedAs(
  scan: JudgedScan,
  steps: readonly JudgedStep[],
  grants: ReadonlyMap<string, ObservedGrant[]>,
): Promise<JudgedAs[]> {
  return mapInTurns(steps, step => ({
    step,
    judgement: judgementOf(scan, step, grants),
  }));
}

/** Entitlements of which some step was looked for and none was found. */
function nothingOf(judged: readonly JudgedAs[]): string[] {
  const isNothing = new Map<string, boolean>();
  for (const { step, judgement } of judged) {
    if (judgement.state === 'unseen') continue;
    const id = step.entitlement_id;
    const before = isNothing.get(id) ?? true;
    isNothing.set(id, before && judgement.state === 'absent');
  }
  return Array.from(isNothing).flatMap(([id, nothing]) => (nothing ? id : []));
}

/** The first items that have each key. */
function firstOfEach<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  most: number,
): T[] {
  const counts = new Map<string, number>();
  return items.filter(item => {
    const count = (counts.get(keyOf(item)) ?? 0) + 1;
    counts.set(keyOf(item), count);
    return count <= most;
  });
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
